import { beforeAll, describe, expect, it } from 'vitest';
import { MTPROTO_LIBRARIES } from '#core/telegram/mtproto-library.ts';
import { isSessionDeath, toFailure } from './failure.ts';
import { errors, loadLibrary } from './library.ts';

/** The library's own way from the wire to its error. */
const thrown = (code: number, text: string) =>
  errors.RPCMessageToError({ errorCode: code, errorMessage: text } as never, undefined as never);

describe.each(MTPROTO_LIBRARIES)('a failed call over %s', (library) => {
  beforeAll(() => loadLibrary(library));

  it.each([
    [420, 'FLOOD_WAIT_37', { kind: 'rpc', error: 'FLOOD_WAIT', argument: 37 }],
    [420, 'FLOOD_PREMIUM_WAIT_9', { kind: 'rpc', error: 'FLOOD_WAIT', argument: 9 }],
    [420, 'SLOWMODE_WAIT_7', { kind: 'rpc', error: 'SLOWMODE_WAIT', argument: 7 }],
    [420, 'FROZEN_METHOD_INVALID', { kind: 'rpc', error: 'FROZEN_METHOD_INVALID' }],
    [303, 'PHONE_MIGRATE_4', { kind: 'rpc', error: 'PHONE_MIGRATE', argument: 4 }],
    [303, 'USER_MIGRATE_1', { kind: 'rpc', error: 'USER_MIGRATE', argument: 1 }],
    [400, 'PEER_FLOOD', { kind: 'rpc', error: 'PEER_FLOOD' }],
    [403, 'USER_PRIVACY_RESTRICTED', { kind: 'rpc', error: 'USER_PRIVACY_RESTRICTED' }],
    [400, '2FA_CONFIRM_WAIT_86400', { kind: 'rpc', error: '2FA_CONFIRM_WAIT', argument: 86400 }],
    [406, 'AUTH_KEY_DUPLICATED', { kind: 'rpc', error: 'AUTH_KEY_DUPLICATED' }],
    [500, 'RPC_CALL_FAIL', { kind: 'unknown', error: 'RPC_CALL_FAIL' }],
    [-503, 'Timeout', { kind: 'unknown', error: 'Timeout' }],
  ])('%i %s keeps its name and its number', (code, text, failure) => {
    expect(toFailure(thrown(code, text))).toEqual(failure);
  });

  it('that is not an answer of Telegram is unknown and carries no text', () => {
    expect(toFailure(new TypeError('session 1BQANOTEu'))).toEqual({ kind: 'unknown', error: 'TypeError' });
    expect(toFailure('Maximum reconnection retries reached')).toEqual({ kind: 'unknown', error: 'UNKNOWN' });
  });

  it('ends the session only for the names that mean so', () => {
    expect(isSessionDeath(toFailure(thrown(401, 'SESSION_REVOKED')))).toBe(true);
    expect(isSessionDeath(toFailure(thrown(420, 'FLOOD_WAIT_5')))).toBe(false);
    expect(isSessionDeath({ kind: 'unknown', error: 'SESSION_REVOKED' })).toBe(false);
  });

  it.runIf(library === 'telegram')('has a place for every error whose text the library replaces', () => {
    const classes = Object.values(errors).filter(
      (one) => typeof one === 'function' && one.prototype instanceof errors.RPCError && one.length === 1,
    ) as (new (args: {
      capture: number;
    }) => Error)[];
    expect(classes.length).toBeGreaterThan(8);
    for (const Class of classes) {
      expect(toFailure(new Class({ capture: 5 })).error).toMatch(/^[A-Z_]+$/);
    }
  });
});
