import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '../duration.ts';
import { ACCOUNT_STATUSES } from '../statuses.ts';
import {
  type AccountChange,
  recoversByItself,
  recoveryOf,
  type Standing,
  standingAfter,
  standingRestored,
} from './standing.ts';

const now = new Date('2026-03-10T12:00:00Z');
const active: Standing = {
  status: 'active',
  statusError: null,
  recoversAt: null,
  waitError: null,
  wantsPerson: false,
};
const flood = (hours: number): AccountChange => ({
  status: 'cooling',
  recoversAt: later(now, hours * HOUR_MS),
  error: 'FLOOD_WAIT',
});
const spam: AccountChange = { status: 'blocked', recoversAt: later(now, 7 * DAY_MS), error: 'PEER_FLOOD' };
const signOut: AccountChange = { status: 'signed_out', recoversAt: null, error: 'SESSION_REVOKED' };

const change = fc.oneof(
  fc.integer({ min: 1, max: 300 }).map(flood),
  fc.boolean().map((isSecond): AccountChange => ({ ...spam, ...(isSecond && { wantsPerson: true }) })),
  fc.constantFrom<AccountChange>(
    signOut,
    { status: 'frozen', recoversAt: null, error: 'FROZEN_METHOD_INVALID' },
    { status: 'banned', recoversAt: null, error: 'USER_DEACTIVATED_BAN' },
  ),
);

describe('an account', () => {
  it('keeps the longest wait it was ever asked for, whatever else happens to it', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const standing = changes.reduce(standingAfter, active);
        const ends = changes.flatMap(({ recoversAt }) => (recoversAt ? [recoversAt.getTime()] : []));
        expect(standing.recoversAt?.getTime()).toBe(ends.length > 0 ? Math.max(...ends) : undefined);
        expect(standing.wantsPerson).toBe(changes.some(({ wantsPerson }) => wantsPerson));
      }),
    );
  });

  it('is never brought back by a wait once it is lost', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const lost = changes.findLast(({ recoversAt }) => recoversAt === null);
        if (lost) expect(changes.reduce(standingAfter, active).status).toBe(lost.status);
      }),
    );
  });

  it('waits on after a new sign-in, and says for what', () => {
    const signedOut = standingAfter(standingAfter(active, spam), signOut);
    expect(signedOut.status).toBe('signed_out');
    expect(standingRestored(signedOut, now)).toMatchObject({
      status: 'blocked',
      statusError: 'PEER_FLOOD',
      recoversAt: spam.recoversAt,
    });
    expect(standingRestored(signedOut, later(now, 8 * DAY_MS))).toEqual(active);
    const cooled = standingAfter(standingAfter(active, flood(5)), signOut);
    expect(standingRestored(cooled, now)).toMatchObject({ status: 'cooling', statusError: 'FLOOD_WAIT' });
  });

  it('that a person has to resume waits for them after a new sign-in too', () => {
    const second = standingAfter(active, { ...spam, wantsPerson: true });
    expect(recoversByItself(second)).toBe(false);
    const again = standingRestored(standingAfter(second, signOut), later(now, 30 * DAY_MS));
    expect(again).toMatchObject({ status: 'blocked', wantsPerson: true });
  });

  it('always has a way back, or says that it has none', () => {
    const facts = { freezeUntil: null, freezeAppealUrl: 'https://t.me/SpamBot' };
    const ways = ACCOUNT_STATUSES.map((status) => {
      const recoversAt = status === 'cooling' || status === 'blocked' ? now : null;
      return [status, recoveryOf({ ...active, status, recoversAt, ...facts })?.by];
    });
    expect(Object.fromEntries(ways)).toEqual({
      active: undefined,
      cooling: 'time',
      blocked: 'time',
      frozen: 'appeal',
      signed_out: 'sign_in',
      banned: 'nothing',
      disabled: 'enabling',
    });
    const second = standingAfter(active, { ...spam, wantsPerson: true });
    expect(recoveryOf({ ...second, ...facts })).toEqual({ by: 'person', from: spam.recoversAt });
  });
});
