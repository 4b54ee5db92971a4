import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../duration.ts';
import { nextLookup } from '../pacing/lookups.ts';
import { type LedgerWindow, nextSlot } from '../pacing/next-slot.ts';
import { limitPolicySchema } from '../pacing/policy.ts';
import { anyPolicy } from '../testing/any-policy.ts';
import { createPace, ownSlot, recordCall, withCommunity } from './account-pace.ts';
import { historyOf, roomAfter } from './call-history.ts';
import { lookupRoom } from './lane.ts';

const origin = Date.UTC(2026, 0, 1);
const roll = fc.double({ min: 0, max: 1, noNaN: true });

/** Calls of the past: how long before the one after it each began, how long it may have been under way, and where. */
const past = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.integer({ min: 1, max: 20 * MINUTE_MS }), fc.integer({ min: 1, max: 8 * HOUR_MS })),
    spanShare: fc.double({ min: 0, max: 1, noNaN: true }),
    community: fc.constantFrom('x', 'y'),
    isOpen: fc.boolean(),
  }),
  { maxLength: 50 },
);

/** When the next calls are made: as soon as the slot, or so much later. */
const future = fc.array(
  fc.record({ roll, idleMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: DAY_MS })) }),
  { maxLength: 25 },
);

function callsOf(steps: typeof past extends fc.Arbitrary<infer T> ? T : never) {
  let endMs = origin;
  return steps.map(({ gapMs, spanShare, community, isOpen }, index) => {
    const startedAtMs = endMs - gapMs;
    const countedAt = isOpen && index === 0 ? null : new Date(startedAtMs + Math.round(spanShare * gapMs));
    endMs = startedAtMs;
    return { communityId: community, startedAt: new Date(startedAtMs), countedAt };
  });
}

it('answers the very slot of `nextSlot`, call after call, for any policy, past and pauses', () => {
  fc.assert(
    fc.property(
      anyPolicy,
      past,
      fc.array(fc.integer({ min: 0, max: 2 * DAY_MS }), { maxLength: 40 }),
      future,
      fc.array(fc.integer({ min: 0, max: 10 * DAY_MS }), { maxLength: 2 }),
      fc.integer({ min: 0, max: 9 * DAY_MS }),
      fc.nat({ max: 3 }),
      (policy, steps, others, walk, floods, ageMs, lifetime) => {
        const mine = callsOf(steps);
        const window: LedgerWindow = {
          connectedAt: new Date(origin - ageMs),
          peerFloods: floods.map((ms) => new Date(origin - ms)),
          resumedAt: floods[1] === undefined ? null : new Date(origin - floods[1] / 2),
          communityId: 'x',
          attempts: mine,
          communityAttempts: [
            ...mine.filter((call) => call.communityId === 'x'),
            ...others.map((ms) => ({ countedAt: new Date(origin - ms) })),
          ],
          lifetimeInCommunity: mine.filter((call) => call.communityId === 'x').length + lifetime,
        };
        const pace = createPace(policy, window, new Date(origin));
        const community = historyOf(window.communityAttempts, origin);
        // Past the first moment an open call has been settled: it counts as made there.
        let ledger: LedgerWindow = {
          ...window,
          attempts: mine.map((call) => ({ ...call, countedAt: call.countedAt ?? new Date(origin) })),
          communityAttempts: window.communityAttempts.map((call) => ({
            countedAt: call.countedAt ?? new Date(origin),
          })),
        };
        let nowMs = origin;
        for (const step of walk) {
          const told = nextSlot(policy, ledger, new Date(nowMs), step.roll);
          const own = ownSlot(pace, nowMs, step.roll);
          const room = roomAfter(community, policy.invitesPerCommunityDay, DAY_MS, nowMs);
          if (own.atMs === null || room === null) {
            expect(told).toEqual({
              at: null,
              because: own.atMs === null ? own.because : 'community_all_day',
            });
            return;
          }
          const { atMs, because } = withCommunity(own, room);
          expect({ at: new Date(atMs), because }).toEqual(told);
          nowMs = atMs + step.idleMs;
          const call = { communityId: 'x', startedAt: new Date(nowMs), countedAt: new Date(nowMs) };
          recordCall(pace, nowMs);
          community.push(nowMs);
          ledger = {
            ...ledger,
            attempts: [...ledger.attempts, call],
            communityAttempts: [...ledger.communityAttempts, call],
            lifetimeInCommunity: ledger.lifetimeInCommunity + 1,
          };
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('answers the very look-up of `nextLookup`', () => {
  const policies = fc
    .record({
      lookupsPerAccountHour: fc.integer({ min: 0, max: 5 }),
      lookupsPerAccountDay: fc.integer({ min: 0, max: 40 }),
    })
    .map((limits) => limitPolicySchema.parse(limits));
  fc.assert(
    fc.property(policies, past, fc.integer({ min: 0, max: 2 * DAY_MS }), (policy, steps, idleMs) => {
      const lookups = callsOf(steps).map((call) => ({
        ...call,
        countedAt: call.countedAt ?? new Date(origin),
      }));
      const now = new Date(origin + idleMs);
      const { at, because } = nextLookup(policy, lookups, now);
      const room = lookupRoom(policy, historyOf(lookups, origin), now.getTime());
      expect(room.atMs).toBe(at?.getTime() ?? null);
      if (because !== 'now') expect(room.because).toBe(because);
    }),
    { numRuns: 300 },
  );
});
