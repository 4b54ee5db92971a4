import bigInt from 'big-integer';
import type { Answer, RpcFailure, SessionEnd } from '#core/telegram/user-session.ts';
import { type ClientStart, createClient, sessionStringOf } from './client.ts';
import {
  checkTelegramConfig,
  DEFAULT_CALL_DEADLINE_MS,
  DEFAULT_CONNECT_DEADLINE_MS,
  DEFAULT_LIBRARY,
  DEFAULT_SILENCE_SECONDS,
  type TelegramConfig,
} from './config.ts';
import { cutOff, KEY_UNKNOWN, sayGoodbye } from './connection.ts';
import { closeClient, connectOnce } from './differences.ts';
import { disconnected, isPackedError, isSessionDeath, keyForgotten, timedOut, toFailure } from './failure.ts';
import { Api, type Client, errors, loadLibrary, type Tl } from './library.ts';

/** One RPC with its own deadline. Never throws, never sleeps, never sends twice. */
export type Call = <R extends Tl.AnyRequest>(request: R) => Promise<Answer<R['__response']>>;

/** One client on one TCP connection. When that connection ends, so does the link: a new one is a new connection. */
export type Link = {
  call: Call;
  /** A secret. */
  sessionString(): string;
  /** What Telegram pushes. At most one listener; without one, pushes are dropped unread. */
  onUpdate(listener: (update: unknown) => void): void;
  close(): Promise<void>;
};

const PINGS_PER_SILENCE = 3;
const PING_ID_LIMIT = 2 ** 31;

export type LinkWatch = {
  /** Called once when the link ends by itself, not when it is closed. */
  onEnd: (end: SessionEnd) => void;
  /** Asked before the dial, after the connect and before every call and ping; a no ends the link without a further byte. */
  mayCall?: () => boolean;
};

/**
 * Connects within the deadline, or answers why not.
 *
 * A call that outlives its deadline, or whose connection is lost, ends the whole link and resets the socket. That is
 * what makes a call reach Telegram at most once: the library would otherwise send it again on its next connection.
 */
export async function openLink(
  config: TelegramConfig,
  start: ClientStart,
  { onEnd, mayCall = () => true }: LinkWatch,
): Promise<Answer<Link>> {
  checkTelegramConfig(config);
  await loadLibrary(config.library ?? DEFAULT_LIBRARY);
  const pending = new Set<(failure: RpcFailure) => void>();
  let isOver = false;
  let isConnected = false;
  let pings: NodeJS.Timeout | undefined;
  const silenceSeconds = config.silenceSeconds ?? DEFAULT_SILENCE_SECONDS;
  const client = createClient(config, start, {
    mayConnect: () => !isOver && mayCall(),
    // The first packet of all, so that Telegram closes the socket also when this process freezes while connecting.
    onOpen: () => void client._sender?.send(pingOf(silenceSeconds))?.catch(() => {}),
    onLost: (error) => lose(error),
  });

  /** Nothing pending survives: every open call is answered and the library forgets what it wanted to send. */
  function finish(failure: RpcFailure): void {
    isOver = true;
    clearInterval(pings);
    if (client._sender) client._sender.userDisconnected = true;
    for (const settle of [...pending]) settle(failure);
  }

  function lose(error: string, because: SessionEnd['because'] = 'broken'): void {
    if (isOver) return;
    const isKeyForgotten = !isConnected && 'session' in start && error === KEY_UNKNOWN;
    finish(isKeyForgotten ? keyForgotten : disconnected);
    cutOff(client._sender?._connection);
    void closeClient(client);
    if (isConnected) onEnd({ because, error });
  }

  function settleWithin<T>(sent: Promise<T> | undefined, deadlineMs: number): Promise<Answer<T>> {
    return new Promise((resolve) => {
      const settle = (answer: Answer<T>) => {
        clearTimeout(timer);
        pending.delete(fail);
        resolve(answer);
      };
      const fail = (failure: RpcFailure) => settle({ ok: false, failure });
      const timer = setTimeout(() => {
        fail(timedOut);
        lose(timedOut.error);
      }, deadlineMs);
      pending.add(fail);
      sent?.then(
        (value) => settle({ ok: true, value }),
        (thrown: unknown) => fail(toFailure(thrown)),
      );
    });
  }

  const call: Call = async (request) => {
    if (!isOver && !mayCall()) lose('NOT_ALLOWED');
    if (isOver) return { ok: false, failure: disconnected };
    const sent = client._sender?.send(request);
    const answer = await settleWithin(
      sent && unpacked(sent, request),
      config.callDeadlineMs ?? DEFAULT_CALL_DEADLINE_MS,
    );
    if (!answer.ok && isSessionDeath(answer.failure)) lose(answer.failure.error, 'signed_out');
    if (answer.ok && request instanceof Api.auth.LogOut) lose('LOGGED_OUT', 'signed_out');
    return answer;
  };

  const connected = await settleWithin(
    connectOnce(client),
    config.connectDeadlineMs ?? DEFAULT_CONNECT_DEADLINE_MS,
  );
  if (!connected.ok || !connected.value) {
    lose('CONNECT_FAILED');
    return { ok: false, failure: connected.ok ? disconnected : connected.failure };
  }
  if (!mayCall()) lose('NOT_ALLOWED');
  if (isOver) return { ok: false, failure: disconnected };
  isConnected = true;
  ignoreUpdates(client);
  pings = keepAlive(silenceSeconds, call);
  return {
    ok: true,
    value: {
      call,
      sessionString: () => sessionStringOf(client),
      onUpdate: (listener) => {
        if (client._sender) client._sender._updateCallback = (_client, update) => listener(update);
      },
      async close() {
        const isFirst = !isOver;
        finish(disconnected);
        if (isFirst) await sayGoodbye(client._sender?._connection);
        await closeClient(client);
      },
    },
  };
}

/** What was asked for, or the error that came in its place thrown. */
async function unpacked<R extends Tl.AnyRequest>(
  sent: Promise<unknown>,
  request: R,
): Promise<R['__response']> {
  const value = await sent;
  if (isPackedError(value)) throw errors.RPCMessageToError(value, request);
  return value;
}

/** Without this the library would cache every user it is told about, and ask for itself at the first update. */
function ignoreUpdates(client: Client): void {
  if (client._sender) client._sender._updateCallback = () => {};
}

/**
 * Each ping asks Telegram to close the socket when no other follows in time. A lost pong ends the link like any call
 * that outlives its deadline.
 */
function keepAlive(silenceSeconds: number, call: Call): NodeJS.Timeout {
  const ping = () => void call(pingOf(silenceSeconds));
  ping();
  return setInterval(ping, (silenceSeconds * 1000) / PINGS_PER_SILENCE).unref();
}

const pingOf = (silenceSeconds: number) =>
  new Api.PingDelayDisconnect({
    pingId: bigInt(Math.floor(performance.now() * 1000) % PING_ID_LIMIT),
    disconnectDelay: silenceSeconds,
  });
