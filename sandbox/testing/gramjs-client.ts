import 'telegram'; // First: its modules import each other in a circle.
import { Socket } from 'node:net';
import bigInt from 'big-integer';
import { TelegramClient } from 'telegram';
import { _serverKeys } from 'telegram/crypto/RSA.js';
import { Logger, LogLevel } from 'telegram/extensions/Logger.js';
import {
  type Connection,
  ConnectionTCPAbridged,
  ConnectionTCPFull,
  ConnectionTCPObfuscated,
} from 'telegram/network/connection/index.js';
import { StringSession } from 'telegram/sessions/index.js';
import type { RsaKey } from '#sandbox/crypto/rsa.ts';
import type { Endpoint } from '#sandbox/mtproto/server.ts';

const transports = {
  full: ConnectionTCPFull,
  abridged: ConnectionTCPAbridged,
  obfuscated: ConnectionTCPObfuscated,
};

type ClientParams = ConstructorParameters<typeof TelegramClient>[3];

export type GramjsOptions = {
  rsa: Pick<RsaKey, 'fingerprint' | 'modulus' | 'exponent'>;
  /** The data centres; the first is where a new session begins. */
  endpoints: Endpoint[];
  transport?: keyof typeof transports;
  /** What `StringSession.save()` gave; a new session by default. */
  session?: string;
  params?: Partial<ClientParams>;
};

/** An unmodified GramJS client that trusts the sandbox's key and dials its ports; end it with `destroy()`. */
export function createGramjsClient(options: GramjsOptions): TelegramClient {
  const { rsa, endpoints, transport = 'full', session = '', params } = options;
  _serverKeys.set(rsa.fingerprint.toString(), { n: bigInt(rsa.modulus), e: rsa.exponent });
  const stored = new StringSession(session);
  const [home] = endpoints;
  if (!home) throw new Error('a client needs a data centre');
  // The port is never dialled: GramJS overrides it, and ports above 32767 cannot be saved.
  if (session === '') stored.setDC(home.dcId, home.host, 80);
  return new TelegramClient(stored, 1, 'hash', {
    connection: dialing(transports[transport], endpoints),
    baseLogger: new Logger(LogLevel.NONE),
    floodSleepThreshold: 0,
    connectionRetries: 5,
    retryDelay: 100,
    ...params,
  });
}

type ConnectionOptions = ConstructorParameters<typeof Connection>[0];

/** The transport, dialling the endpoint of the data centre it is given, without Nagle's delay. */
function dialing(Base: typeof Connection, endpoints: Endpoint[]): typeof Connection {
  return class extends Base {
    constructor(options: ConnectionOptions) {
      const endpoint = endpoints.find((candidate) => candidate.dcId === options.dcId);
      if (!endpoint) throw new Error(`no data centre ${options.dcId} offline`);
      super({ ...options, ip: endpoint.host, port: endpoint.port });
    }

    override async _connect(): Promise<void> {
      await super._connect();
      const socket: unknown = Reflect.get(this.socket, 'client');
      if (socket instanceof Socket) socket.setNoDelay(true);
    }
  };
}
