import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../duration.ts';
import { nextSlot } from '../pacing/next-slot.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import { ACCOUNT_STATUSES } from '../statuses.ts';
import { type AllocationCandidate, chooseAccount, scoreOf } from './allocation.ts';
import { healthOf } from './health.ts';
import { measureCommunityLimits, measureLimits } from './limits.ts';

const now = new Date('2026-03-10T12:00:00Z');

const candidate: fc.Arbitrary<AllocationCandidate> = fc.record({
  accountId: fc.uuid(),
  isActive: fc.boolean(),
  reaches: fc.boolean(),
  openTasks: fc.nat(5),
  usedShare: fc.double({ min: 0, max: 1.5, noNaN: true }),
  peerFloods: fc.nat(3),
  idleMs: fc.option(fc.nat(3 * DAY_MS)),
});

describe('the choice of an account', () => {
  it('never falls on one that rests while another works, nor on one that scores less', () => {
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1 }), (candidates) => {
        const chosen = chooseAccount(candidates)!;
        for (const other of candidates) {
          if (other.isActive === chosen.isActive) {
            expect(scoreOf(other)).toBeLessThanOrEqual(scoreOf(chosen));
          } else expect(chosen.isActive).toBe(true);
        }
      }),
    );
  });

  it('does not hang on the order in which the accounts are read', () => {
    fc.assert(
      fc.property(fc.array(candidate), (candidates) => {
        expect(chooseAccount(candidates.toReversed())).toEqual(chooseAccount(candidates));
      }),
    );
  });

  it('gets no better by burden, use or spam warnings, and no worse by reach or rest', () => {
    fc.assert(
      fc.property(candidate, (one) => {
        const score = scoreOf(one);
        expect(scoreOf({ ...one, openTasks: one.openTasks + 1 })).toBeLessThan(score);
        expect(scoreOf({ ...one, usedShare: one.usedShare + 0.1 })).toBeLessThanOrEqual(score);
        expect(scoreOf({ ...one, peerFloods: one.peerFloods + 1 })).toBeLessThan(score);
        expect(scoreOf({ ...one, reaches: true })).toBeGreaterThanOrEqual(score);
        expect(scoreOf({ ...one, idleMs: null })).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});

describe('what is used of the limits', () => {
  const facts = (minutesAgo: readonly number[], changes = {}) => ({
    connectedAt: later(now, -60 * DAY_MS),
    peerFloods: [],
    resumedAt: null,
    lookups: [],
    attempts: minutesAgo.map((minutes) => {
      const at = later(now, -minutes * MINUTE_MS);
      return { startedAt: at, countedAt: at };
    }),
    ...changes,
  });

  it('counts each window by itself, and says when it has room', () => {
    const uses = measureLimits(defaultPolicy, facts([10, 50, 70]), now);
    expect(uses[0]).toEqual({
      rule: 'hour',
      used: 2,
      limit: 2,
      roomAt: later(now, HOUR_MS - 50 * MINUTE_MS + 1),
    });
    expect(uses[1]).toEqual({ rule: 'day', used: 3, limit: 30, roomAt: now });
    expect(uses.map(({ rule }) => rule)).toEqual(['hour', 'day', 'lookup_hour', 'lookup_day']);
  });

  it('is measured against a new account’s allowance and half limits on probation', () => {
    const young = measureLimits(defaultPolicy, facts([], { connectedAt: later(now, -DAY_MS) }), now);
    expect(young.find(({ rule }) => rule === 'ramp')).toMatchObject({ limit: 10 });
    const warned = facts([], { peerFloods: [later(now, -1.5 * DAY_MS)] });
    expect(measureLimits(defaultPolicy, warned, now)[1]).toMatchObject({ rule: 'day', limit: 15 });
  });

  it('never shows room that the next slot does not see', () => {
    const ago = fc.array(fc.integer({ min: 0, max: 26 * 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(ago, fc.nat(200), (minutesAgo, lifetime) => {
        const given = facts(minutesAgo);
        const slot = nextSlot(
          defaultPolicy,
          {
            ...given,
            communityId: 'x',
            attempts: given.attempts.map((call) => ({ ...call, communityId: 'x' })),
            communityAttempts: given.attempts,
            lifetimeInCommunity: lifetime,
          },
          now,
          0,
        );
        const uses = [
          ...measureLimits(defaultPolicy, given, now).filter(({ rule }) => !rule.startsWith('lookup')),
          ...measureCommunityLimits(defaultPolicy, { ...given, lifetime }, now),
        ];
        for (const { roomAt } of uses) {
          if (roomAt === null) expect(slot.at).toBeNull();
          else if (slot.at) expect(slot.at.getTime()).toBeGreaterThanOrEqual(roomAt.getTime());
        }
      }),
    );
  });
});

describe('health', () => {
  it('is 100 without trouble, and lost points add up to the rest', () => {
    const none = { peerFloods: 0, floodWaits: 0, unknownErrors: 0 };
    expect(healthOf({ status: 'active', ...none })).toEqual({ score: 100, issues: [] });
    const counts = fc.record({ peerFloods: fc.nat(5), floodWaits: fc.nat(9), unknownErrors: fc.nat(9) });
    fc.assert(
      fc.property(fc.constantFrom(...ACCOUNT_STATUSES), counts, (status, facts) => {
        const { score, issues } = healthOf({ status, ...facts });
        const lost = issues.reduce((sum, { points }) => sum + points, 0);
        expect(score).toBe(Math.max(0, 100 - lost));
      }),
    );
  });
});
