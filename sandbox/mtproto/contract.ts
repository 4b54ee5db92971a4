import type { RsaKey } from '#sandbox/crypto/rsa.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { Schema } from '#sandbox/tl/schema.ts';

/** One authorisation key: a device's lasting identity at one data centre. The same object for the key's life. */
export type AuthKey = {
  /** Hex of the eight bytes that name the key on the wire. */
  readonly id: string;
  readonly dcId: number;
  /** The layer the client named last in invokeWithLayer; 0 before that. */
  readonly layer: number;
  /** The account signed in on this key; handlers set it. */
  userId: string | undefined;
  /** The account that still owes its password; handlers set it. */
  pendingUserId: string | undefined;
  /** The fields of the last initConnection, without its query. */
  readonly api: TlObject | undefined;
  readonly createdAt: Date;
  /** When an account signed in with it, in the world's time. */
  signedInAt?: Date;
};

/** Where one RPC came from. */
export type CallContext = {
  readonly auth: AuthKey;
  readonly connectionId: string;
  readonly dcId: number;
  readonly msgId: bigint;
};

export type HandlerResult = TlObject | TlObject[] | boolean | bigint[] | number[];

/** Answers one method. Throw `RpcError` to refuse; anything else thrown is answered as 500 and reported. */
export type Handler = (ctx: CallContext, request: TlObject) => HandlerResult | Promise<HandlerResult>;

/** What goes wrong with one RPC. Unless said otherwise the handler does not run. */
export type FaultAction =
  | { kind: 'rpcError'; code: number; text: string }
  /** The handler runs `ms` later. */
  | { kind: 'delay'; ms: number }
  /** The connection ends before the handler would run. */
  | { kind: 'dropBefore' }
  /** The handler runs, then the connection ends instead of the reply. */
  | { kind: 'dropAfterEffect' }
  /** The handler runs; no reply is ever sent. */
  | { kind: 'noReply' }
  /** The handler runs once; its reply is sent twice. */
  | { kind: 'duplicateReply' }
  /** The server no longer knows the authorisation key: transport error -404. */
  | { kind: 'forgottenKey' }
  /** The salt has just expired: bad_server_salt, which clients answer by sending again. */
  | { kind: 'badSalt' }
  /** The handler runs, but pings on this key stay unanswered for `ms`. */
  | { kind: 'stallPongs'; ms: number }
  /** 303: PHONE_MIGRATE_n to the sign-in methods, USER_MIGRATE_n to the others. */
  | { kind: 'migrate'; dcId: number }
  /** The handler runs; its reply is gzip-packed whatever its size. */
  | { kind: 'gzip' }
  /** The handler runs; the second half of its reply is missing. */
  | { kind: 'truncate' };

/** One RPC that reached its end: answered, refused, or answered into a lost connection. */
export type CallRecord = {
  readonly ctx: CallContext;
  /** Counts the server's calls from 1, in the order they ended. */
  readonly seq: number;
  readonly method: string;
  readonly request: TlObject;
  readonly result?: HandlerResult;
  readonly error?: { code: number; text: string };
  readonly fault?: FaultAction['kind'];
  readonly durationMs: number;
};

export type ConnectionInfo = {
  readonly connectionId: string;
  readonly dcId: number;
  readonly auth: AuthKey | undefined;
  /** How packets are framed, such as `full` or `obfuscated abridged`; undefined before the first byte. */
  readonly transport: string | undefined;
  readonly openedAt: Date;
};

export type ServerHooks = {
  /** Asked before each handler runs. */
  decideFault?(ctx: CallContext, method: string, request: TlObject): FaultAction | undefined;
  /**
   * Called once per RPC after its effect, also when the reply is lost. A call that a fault stopped before it
   * reached the account (dropBefore, badSalt, forgottenKey) and a repeated msg_id are not reported.
   */
  onCall?(record: CallRecord): void;
  /**
   * 'open' when a connection first makes a call with a signed-in key or signs its key in, 'close' when the
   * socket of such a connection ends: every 'open' is followed by exactly one 'close'.
   */
  onConnection?(event: 'open' | 'close', info: ConnectionInfo): void;
  /** A client called something no handler serves; the schema does not know a `method` written `#hex`. */
  onUnknownMethod?(method: string): void;
  /** A handler threw something other than RpcError, or answered what the schema cannot encode. */
  onInternalError?(method: string, error: unknown): void;
};

export type MtprotoServerDeps = {
  rsa: RsaKey;
  /** One per layer to serve; a client of another layer is given the next higher one, else the highest. */
  schemas: Schema[];
  hooks: ServerHooks;
  /** Replies longer than this are gzip-packed; by default none is. */
  gzipOverBytes?: number;
  /**
   * GramJS drops leading zero bytes of its auth key; serve its keys the same way. On by default. Off for its fork, which
   * keeps them and begins its exchange with the same bytes, so that a server cannot tell the two apart.
   */
  stripLeadingZeros?: boolean;
};

export type Endpoint = { dcId: number; host: '127.0.0.1'; port: number };

/** A Telegram data centre cluster that knows the protocol and nothing of chats. */
export interface MtprotoServer {
  /** Serves a method. Throws when the method is served already or no schema declares it. */
  on(method: string, handler: Handler): void;
  /** Opens a data centre on 127.0.0.1; port 0 or none takes a free one. A negative id opens its media twin. */
  listen(dcId: number, port?: number): Promise<Endpoint>;
  /** Sends `updates` to every open session whose key matches and that asked for updates; others miss it. */
  push(match: (auth: AuthKey) => boolean, updates: TlObject): void;
  /** Destroys the matching keys and drops their connections; returns how many keys there were. */
  forgetKey(match: (auth: AuthKey) => boolean): number;
  keys(): Iterable<AuthKey>;
  connections(): Iterable<ConnectionInfo>;
  /** Stops listening, ends every connection and every delayed call. */
  close(): Promise<void>;
}
