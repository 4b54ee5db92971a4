import type { RpcFailure } from '#core/telegram/user-session.ts';
import { errors, keepsErrorTexts } from './library.ts';

/** Telegram's names of an end of the session itself: nothing more can be asked on it. */
const SESSION_DEATHS = new Set([
  'AUTH_KEY_UNREGISTERED',
  'AUTH_KEY_INVALID',
  'AUTH_KEY_DUPLICATED',
  'AUTH_KEY_PERM_EMPTY',
  'SESSION_REVOKED',
  'SESSION_EXPIRED',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
]);

export const timedOut: RpcFailure = { kind: 'timeout', error: 'TIMEOUT' };
export const disconnected: RpcFailure = { kind: 'disconnected', error: 'DISCONNECTED' };

/** What Telegram says with a transport error of the connection instead of an answer: it has forgotten the key. */
export const keyForgotten: RpcFailure = { kind: 'rpc', error: 'AUTH_KEY_UNREGISTERED' };

export const isSessionDeath = (failure: RpcFailure): boolean =>
  failure.kind === 'rpc' && SESSION_DEATHS.has(failure.error);

/** `rpc_error` of the protocol itself. */
type ErrorMessage = Parameters<typeof errors.RPCMessageToError>[0];

/**
 * True of an error that came in packed form (`gzip_packed` may hold any result, core.telegram.org/mtproto/service_messages):
 * the library looks for errors only where they are not packed, and gives this one out as what was asked for.
 */
export const isPackedError = (value: unknown): value is ErrorMessage =>
  typeof value === 'object' && value !== null && 'className' in value && value.className === 'RpcError';

/**
 * The only place that looks at the library's errors. Where the library replaces the texts of the errors it knows (a
 * `FLOOD_WAIT_37` arrives as `FLOOD` with `seconds`) it goes by class first, then by Telegram's own name and number.
 * A server fault (5xx) is `unknown`: its call may have had its effect.
 */
export function toFailure(thrown: unknown): RpcFailure {
  if (!(thrown instanceof errors.RPCError)) return { kind: 'unknown', error: nameOf(thrown) };
  const known = keepsErrorTexts ? undefined : fromClass(thrown);
  if (known) return { kind: 'rpc', ...known };
  const { name, argument } = splitNumber(thrown.errorMessage.replace(/^FLOOD_PREMIUM_WAIT_/, 'FLOOD_WAIT_'));
  const kind = Math.abs(thrown.code ?? 0) >= 500 ? 'unknown' : 'rpc';
  return argument === undefined ? { kind, error: name } : { kind, error: name, argument };
}

function fromClass(error: unknown): { error: string; argument: number } | undefined {
  if (error instanceof errors.FloodWaitError) return { error: 'FLOOD_WAIT', argument: error.seconds };
  if (error instanceof errors.SlowModeWaitError) return { error: 'SLOWMODE_WAIT', argument: error.seconds };
  if (error instanceof errors.FloodTestPhoneWaitError) {
    return { error: 'FLOOD_TEST_PHONE_WAIT', argument: error.seconds };
  }
  if (error instanceof errors.PhoneMigrateError) return { error: 'PHONE_MIGRATE', argument: error.newDc };
  if (error instanceof errors.UserMigrateError) return { error: 'USER_MIGRATE', argument: error.newDc };
  if (error instanceof errors.NetworkMigrateError) return { error: 'NETWORK_MIGRATE', argument: error.newDc };
  if (error instanceof errors.FileMigrateError) return { error: 'FILE_MIGRATE', argument: error.newDc };
  if (error instanceof errors.EmailUnconfirmedError) {
    return { error: 'EMAIL_UNCONFIRMED', argument: error.codeLength };
  }
  return error instanceof errors.MsgWaitError ? { error: 'MSG_WAIT', argument: 0 } : undefined;
}

/** `NAME_123` is Telegram's way to pass a number with an error (core.telegram.org/api/errors). */
function splitNumber(text: string): { name: string; argument?: number } {
  const match = /^(.+)_(\d+)$/.exec(text);
  return match?.[1] ? { name: match[1], argument: Number(match[2]) } : { name: text };
}

/** Only the kind of error: texts of unknown errors may carry what must not be logged. */
const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.constructor.name : 'UNKNOWN');
