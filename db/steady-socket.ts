import { Socket } from 'node:net';

/** How long the driver still finds a lost connection's socket: what was under way on it has failed by then. */
const farewellMs = 100;

/** What everything fails with that was under way on a connection when it was lost. */
export const connectionLost = () =>
  Object.assign(new Error('the database closed the connection'), { code: 'CONNECTION_CLOSED' });

/**
 * A socket that lets its loss be heard as an error first and as a close a little later.
 *
 * The driver (postgres 3.4.9) drops its socket in the moment of a close, and what it writes after that, such as the
 * rollback of the transaction that has just failed, throws where nobody can catch it; a write it had put off in that
 * moment stays put off for ever (porsager/postgres issues 1154 and 1208). Here every late write fails as a statement.
 */
class SteadySocket extends Socket {
  private isEnding = false;
  private isLost = false;

  override end(...args: unknown[]): this {
    // The driver says goodbye with a message; Node ends a socket that the server has closed without one.
    if (args.length > 0 && typeof args[0] !== 'function') this.isEnding = true;
    return super.end(...(args as Parameters<Socket['end']>));
  }

  override write(...args: unknown[]): boolean {
    if (!this.isLost) return super.write(...(args as Parameters<Socket['write']>));
    setImmediate(() => this.failWaiting());
    return true;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event !== 'close' || this.isEnding || this.isLost) return super.emit(event, ...args);
    this.isLost = true;
    this.failWaiting();
    setTimeout(() => {
      // After a loss with an error the driver takes it that nothing waits any more.
      this.failWaiting();
      super.emit('close', ...args);
    }, farewellMs);
    return true;
  }

  private failWaiting(): void {
    if (this.listenerCount('error') === 0) return;
    super.emit('error', connectionLost());
  }
}

type Address = { host: readonly string[]; port: readonly number[]; path: string | undefined | false };

/** For the driver's option `socket`; it may write at once, and what it writes waits for the connection. */
export const openSteadySocket = ({ host, port, path }: Address): Socket => {
  const socket = new SteadySocket();
  const place = { host: host[0] ?? 'localhost', port: port[0] ?? 5432 };
  return path ? socket.connect(path) : Object.assign(socket.connect(place), place);
};
