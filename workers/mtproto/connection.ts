import type { Socket } from 'node:net';
import type { Address } from './config.ts';
import { type Connection, ConnectionTCPFull } from './library.ts';

/** A transport error is a packet of one negative number (core.telegram.org/mtproto/mtproto-transports). */
const TRANSPORT_ERROR_BYTES = 4;
const GOODBYE_DEADLINE_MS = 1000;

export type ConnectionWatch = {
  /** Where a data centre really is; undefined means where the library says. */
  addressOf: ((dcId: number) => Address) | undefined;
  /** Asked before every dial. False once the client is over: the library's reconnects then reach nobody. */
  mayConnect: () => boolean;
  /** The socket stands and nothing has been sent yet. */
  onOpen: () => void;
  /** The socket has ended, also on our own wish, or Telegram has rejected the key on it. */
  onLost: (error: string) => void;
};

const transportError = (code: number): string => `TRANSPORT_${code}`;
/** Telegram does not know the key that a packet was encrypted with. */
export const KEY_UNKNOWN = transportError(404);

type ConnectionParams = ConstructorParameters<typeof Connection>[0];

/**
 * The library's TCP connection with three differences: it goes to the address it is told, it tells when it is lost
 * instead of leaving that to the library's silent reconnect, and it sets TCP_NODELAY, without which an
 * acknowledgement followed by a request waits 40 ms.
 */
export const watchedConnection = (watch: ConnectionWatch): typeof Connection =>
  class WatchedConnection extends ConnectionTCPFull {
    constructor(params: ConnectionParams) {
      const address = watch.addressOf?.(params.dcId);
      super(address ? { ...params, ip: address.host, port: address.port } : params);
    }

    override async connect(): Promise<void> {
      if (!watch.mayConnect()) throw new Error('this client may not connect');
      await super.connect();
    }

    override async _initConn(): Promise<void> {
      socketOf(this)?.setNoDelay(true);
      await super._initConn();
      watch.onOpen();
    }

    override async _recv(): Promise<Buffer> {
      const packet: Buffer = await super._recv();
      if (packet.length === TRANSPORT_ERROR_BYTES) watch.onLost(transportError(-packet.readInt32LE(0)));
      return packet;
    }

    override async disconnect(): Promise<void> {
      if (this._connected) watch.onLost('CONNECTION_LOST');
      await super.disconnect();
    }
  };

/**
 * Says goodbye and waits until Telegram has closed its side too, so that the next connection of this session, from
 * any process, cannot arrive before this one is gone. Gives up after a second.
 */
export async function sayGoodbye(connection: Connection | undefined): Promise<void> {
  const socket = connection && socketOf(connection);
  if (!socket || socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, GOODBYE_DEADLINE_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.end();
  });
}

/** Drops the connection with a reset: what still waits in the send buffer will never reach Telegram. */
export function cutOff(connection: Connection | undefined): void {
  if (connection) socketOf(connection)?.resetAndDestroy();
}

/** The library keeps its socket private; the pinned version holds it in `socket.client`. */
const socketOf = (connection: Connection): Socket | undefined =>
  (connection.socket as unknown as { client?: Socket }).client;
