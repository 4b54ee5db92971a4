import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { attachTransport, type Transport } from '#sandbox/transport/transport.ts';
import type { AuthKeyRecord } from './auth-key.ts';
import type { ConnectionInfo } from './contract.ts';
import { type Core, forgetAuthKey } from './core.ts';
import { createHandshake } from './handshake.ts';
import { receivePacket } from './receive.ts';
import type { Session } from './session.ts';

export type ConnectionDeps = { core: Core; socket: Socket; dcId: number; isMedia: boolean };

/** One TCP connection: collects what its sessions send in one turn of the event loop into one write. */
export class Connection {
  readonly id = randomUUID();
  readonly core: Core;
  readonly dcId: number;
  readonly isMedia: boolean;
  readonly handshake: ReturnType<typeof createHandshake>;
  /** The last key it carried. */
  auth: AuthKeyRecord | undefined;
  /** Whether calls on it may run; see admission.ts. */
  admission: 'admitted' | Promise<boolean> | undefined;
  readonly closed: Promise<void>;
  private readonly openedAt = new Date();
  private readonly socket: Socket;
  private readonly transport: Transport;
  private readonly unflushed = new Set<Session>();
  private disconnectTimer: NodeJS.Timeout | undefined;
  private isAnnounced = false;
  private hasEnded = false;

  constructor({ core, socket, dcId, isMedia }: ConnectionDeps) {
    this.core = core;
    this.socket = socket;
    this.dcId = dcId;
    this.isMedia = isMedia;
    this.handshake = createHandshake({
      rsa: core.rsa,
      dcId,
      stripLeadingZeros: core.stripLeadingZeros,
      onAuthKey: (auth) => core.keys.set(auth.id, auth),
    });
    this.closed = new Promise((resolve) => {
      const end = () => {
        this.end();
        resolve();
      };
      socket.on('end', end);
      socket.on('close', end);
      socket.on('error', () => socket.destroy());
    });
    core.connections.add(this);
    this.transport = attachTransport(socket, (packet) => receivePacket(this, packet));
  }

  /** False as soon as the other side has closed or half-closed, even when its event is still to come. */
  get isOpen(): boolean {
    return !this.hasEnded && !this.socket.destroyed && !this.socket.readableEnded && this.socket.writable;
  }

  get info(): ConnectionInfo {
    const { id: connectionId, dcId, auth, openedAt } = this;
    return { connectionId, dcId, auth, openedAt, transport: this.transport.name() };
  }

  /** Notes that a packet on this connection was made with `auth`. */
  carry(auth: AuthKeyRecord): void {
    if (this.auth === auth) return;
    this.auth?.connections.delete(this);
    this.auth = auth;
    this.admission = undefined;
    auth.connections.add(this);
  }

  /** Reports the connection once it carries a signed-in key. */
  announce(): void {
    if (this.isAnnounced || !this.isOpen || this.auth?.userId === undefined) return;
    this.isAnnounced = true;
    this.core.hooks.onConnection?.('open', this.info);
  }

  scheduleFlush(session: Session): void {
    if (this.unflushed.size === 0) setImmediate(() => this.flush());
    this.unflushed.add(session);
  }

  /** Sends all that is queued now. */
  flush(): void {
    const sessions = [...this.unflushed];
    this.unflushed.clear();
    for (const session of sessions) {
      if (session.connection !== this) session.connection.scheduleFlush(session);
      else for (const packet of session.takePackets()) this.transport.send(packet);
    }
  }

  sendPlain(packet: Buffer): void {
    this.transport.send(packet);
  }

  sendError(code: number): void {
    this.transport.sendError(code);
  }

  /** Ends the connection `delaySeconds` from now, unless asked again before: ping_delay_disconnect. */
  disconnectAfter(delaySeconds: number): void {
    clearTimeout(this.disconnectTimer);
    this.disconnectTimer = setTimeout(() => this.drop(), delaySeconds * 1000);
  }

  /** Ends the connection at once; what is queued is lost. */
  drop(): void {
    this.socket.destroy();
    this.end();
  }

  /** Sends what is queued, then ends the connection. */
  finish(): void {
    this.flush();
    this.socket.end();
    this.end();
  }

  /** Answers -404 and forgets the key, as after a session was killed. */
  forgetKey(auth: AuthKeyRecord): void {
    forgetAuthKey(this.core, auth);
    this.sendError(-404);
  }

  private end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    clearTimeout(this.disconnectTimer);
    this.core.connections.delete(this);
    this.auth?.connections.delete(this);
    if (this.isAnnounced) this.core.hooks.onConnection?.('close', this.info);
  }
}
