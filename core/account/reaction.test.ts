import { describe, expect, it } from 'vitest';
import { DAY_MS, later, SECOND_MS } from '../duration.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import { CATALOGUED_ERRORS } from '../telegram/error-catalogue.ts';
import type { MissingReason, RpcFailure } from '../telegram/user-session.ts';
import { type FailureHistory, noHistory, reactToFailure, reactToLookupFailure } from './reaction.ts';

const now = new Date('2026-03-10T12:00:00Z');
const rpc = (error: string, argument?: number): RpcFailure =>
  argument === undefined ? { kind: 'rpc', error } : { kind: 'rpc', error, argument };
const react = (failure: RpcFailure | MissingReason | string, history: Partial<FailureHistory> = {}) =>
  reactToFailure(
    typeof failure === 'string' && failure === failure.toUpperCase() ? rpc(failure) : (failure as RpcFailure),
    now,
    defaultPolicy,
    { ...noHistory, ...history },
  );

describe('a failure of the account', () => {
  it('cools it for the wait Telegram asked for and 60 seconds, and costs the person nothing', () => {
    expect(react(rpc('FLOOD_WAIT', 37))).toEqual({
      attempt: 'returned',
      reason: 'FLOOD_WAIT',
      target: { status: 'pending', reason: 'FLOOD_WAIT', notBefore: null },
      account: { status: 'cooling', recoversAt: later(now, 97 * SECOND_MS), error: 'FLOOD_WAIT' },
    });
  });

  it('keeps to waits of more than a day', () => {
    expect(react(rpc('FLOOD_PREMIUM_WAIT', 100_000)).account?.recoversAt).toEqual(
      later(now, 100_060 * SECOND_MS),
    );
  });

  it('takes a wait without a number for a day', () => {
    expect(react('FLOOD_WAIT').account?.recoversAt).toEqual(later(now, DAY_MS + 60 * SECOND_MS));
  });

  it.each(['PEER_FLOOD', 'USER_RESTRICTED', 'USER_BANNED_IN_CHANNEL'])(
    'blocks it for a day on %s',
    (error) => {
      expect(react(error).account).toEqual({ status: 'blocked', recoversAt: later(now, DAY_MS), error });
    },
  );

  it('blocks it for a week when PEER_FLOOD comes again', () => {
    const account = react('PEER_FLOOD', { peerFloods: [later(now, -10 * DAY_MS)] }).account;
    expect(account?.recoversAt).toEqual(later(now, 7 * DAY_MS));
  });

  it.each([
    ['FROZEN_METHOD_INVALID', 'frozen'],
    ['FROZEN_PARTICIPANT_MISSING', 'frozen'],
    ['AUTH_KEY_UNREGISTERED', 'signed_out'],
    ['AUTH_KEY_DUPLICATED', 'signed_out'],
    ['SESSION_REVOKED', 'signed_out'],
    ['SESSION_EXPIRED', 'signed_out'],
    ['USER_DEACTIVATED', 'banned'],
    ['USER_DEACTIVATED_BAN', 'banned'],
  ])('on %s leaves it %s until a person acts', (error, status) => {
    expect(react(error)).toMatchObject({
      attempt: 'returned',
      target: { status: 'pending' },
      account: { status, recoversAt: null, error },
    });
  });
});

describe('a failure of the person', () => {
  it.each(['privacy', 'premium_required_for_pm'] as const)('%s refuses them for every direct add', (why) => {
    expect(react(why)).toEqual({
      attempt: 'refused',
      reason: why,
      target: { status: 'refused', reason: why, notBefore: null },
      learn: 'refuses_direct_add',
    });
  });

  it('premium_would_allow refuses them with that reason and teaches nothing', () => {
    expect(react('premium_would_allow')).toEqual({
      attempt: 'refused',
      reason: 'premium_would_allow',
      target: { status: 'refused', reason: 'premium_would_allow', notBefore: null },
    });
  });

  it('never contacts again whoever blocked the account, nor here whoever was removed', () => {
    expect(react('USER_IS_BLOCKED').suppress).toBe('workspace');
    expect(react('USER_KICKED').suppress).toBe('community');
  });

  it('finds people who are already in', () => {
    expect(react('USER_ALREADY_PARTICIPANT').target.status).toBe('already_member');
  });

  it('leaves out deleted accounts and vanished usernames as unreachable', () => {
    expect(react('INPUT_USER_DEACTIVATED')).toMatchObject({
      target: { status: 'unreachable' },
      learn: 'is_deleted',
    });
    expect(react('USERNAME_NOT_OCCUPIED').target.status).toBe('unreachable');
  });

  it('waits 30 days for someone in too many channels', () => {
    expect(react('USER_CHANNELS_TOO_MUCH', { sameFailures: 3 })).toMatchObject({
      attempt: 'returned',
      target: { status: 'waiting', notBefore: later(now, 30 * DAY_MS) },
    });
  });

  it('tries once more after a day when Telegram could not add them, then refuses', () => {
    expect(react('CHAT_MEMBER_ADD_FAILED').target).toEqual({
      status: 'waiting',
      reason: 'CHAT_MEMBER_ADD_FAILED',
      notBefore: later(now, DAY_MS),
    });
    expect(react('CHAT_MEMBER_ADD_FAILED', { sameFailures: 1 }).target.status).toBe('refused');
  });

  it('drops a bad reference and gives the person one more chance', () => {
    expect(react('USER_ID_INVALID')).toMatchObject({
      attempt: 'returned',
      target: { status: 'pending' },
      dropsReference: true,
    });
    expect(react('USER_ID_INVALID', { sameFailures: 1 })).toMatchObject({
      attempt: 'refused',
      target: { status: 'unreachable' },
      dropsReference: true,
    });
  });
});

describe('a failure of the community', () => {
  it.each(['CHAT_ADMIN_REQUIRED', 'CHAT_WRITE_FORBIDDEN', 'CHANNEL_PRIVATE'])(
    '%s detaches the account',
    (error) => {
      expect(react(error)).toMatchObject({
        attempt: 'returned',
        target: { status: 'pending' },
        detachesAccount: true,
      });
    },
  );

  it.each(['USERS_TOO_MUCH', 'CHANNEL_INVALID', 'CHAT_ID_INVALID'])('%s pauses the campaign', (error) => {
    expect(react(error)).toMatchObject({ attempt: 'returned', pausesCampaign: error });
  });
});

describe('a call without a known outcome', () => {
  it.each<RpcFailure>([
    { kind: 'timeout', error: 'TIMEOUT' },
    { kind: 'disconnected', error: 'DISCONNECTED' },
    { kind: 'unknown', error: 'RPC_CALL_FAIL' },
    { kind: 'unknown', error: 'FLOOD_WAIT' },
    { kind: 'rpc', error: 'SOMETHING_NEW' },
    { kind: 'rpc', error: 'constructor' },
  ])('keeps its place and is neither success nor tried again: %o', (failure) => {
    const reaction = react(failure);
    expect(reaction).toEqual({
      attempt: 'unknown',
      reason: failure.error,
      target: { status: 'attempting', reason: failure.error, notBefore: null },
      ...(['rpc', 'unknown'].includes(failure.kind) && { unknownError: failure.error }),
    });
  });
});

describe('a failed look-up', () => {
  const lookUp = (failure: RpcFailure) => reactToLookupFailure(failure, now, defaultPolicy, noHistory);

  it('is made again when its answer was lost', () => {
    expect(lookUp({ kind: 'timeout', error: 'TIMEOUT' })).toMatchObject({ attempt: 'returned' });
  });

  it('cools the account like any other call', () => {
    expect(lookUp(rpc('FLOOD_WAIT', 300)).account?.recoversAt).toEqual(later(now, 360 * SECOND_MS));
  });
});

it('no failure at all is taken for somebody who joined', () => {
  for (const error of CATALOGUED_ERRORS) {
    const { attempt, target } = reactToFailure(rpc(error, 5), now, defaultPolicy, noHistory);
    expect(attempt).not.toBe('joined');
    expect(target.status).not.toBe('joined');
    expect(target.notBefore !== null).toBe(target.status === 'waiting');
  }
});
