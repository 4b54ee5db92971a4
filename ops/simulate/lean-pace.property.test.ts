import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS } from '#core/duration.ts';
import { createPace, ownSlot, recordCall } from '#core/forecast/account-pace.ts';
import { anyPolicy } from '#core/testing/any-policy.ts';
import { createLeanPace } from './lean-pace.ts';

const origin = Date.UTC(2026, 0, 1);
const steps = fc.array(
  fc.record({
    roll: fc.double({ min: 0, max: 1, noNaN: true }),
    idleMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: DAY_MS })),
    /** The account goes on to another community before this call. */
    moves: fc.boolean(),
  }),
  { maxLength: 60 },
);

it('answers the very slot of the product, call after call, for any policy, age and community', () => {
  fc.assert(
    fc.property(anyPolicy, fc.integer({ min: 0, max: 9 * DAY_MS }), steps, (policy, ageMs, walk) => {
      const connectedAt = origin - ageMs;
      const fresh = () => ({
        connectedAt: new Date(connectedAt),
        peerFloods: [],
        resumedAt: null,
        communityId: 'x',
        attempts: [],
        lifetimeInCommunity: 0,
      });
      const pace = createPace(policy, fresh(), new Date(origin));
      const lean = createLeanPace(policy, [connectedAt - DAY_MS, connectedAt]);
      let nowMs = origin;
      for (const { roll, idleMs, moves } of walk) {
        if (moves) {
          Object.assign(pace, { ownHere: [], lifetimeInCommunity: 0 });
          lean.enterCommunity(1);
        }
        const told = ownSlot(pace, nowMs, roll);
        expect(lean.ownSlotMs(1, nowMs, roll)).toBe(told.atMs ?? Number.POSITIVE_INFINITY);
        if (told.atMs === null) continue;
        nowMs = told.atMs + idleMs;
        recordCall(pace, nowMs);
        lean.record(1, nowMs);
      }
    }),
    { numRuns: 500 },
  );
});
