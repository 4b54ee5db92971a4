import fc from 'fast-check';
import { defaultPolicy, type LimitPolicy } from '../pacing/policy.ts';

/** Policies on both sides of the ceilings, so that every rule gets to bind. */
const looseAndStrict: fc.Arbitrary<LimitPolicy> = fc
  .record({
    invitesPerAccountHour: fc.integer({ min: 1, max: 12 }),
    invitesPerAccountDay: fc.integer({ min: 1, max: 30 }),
    invitesPerAccountCommunityDay: fc.integer({ min: 1, max: 15 }),
    invitesPerAccountCommunityLifetime: fc.integer({ min: 1, max: 40 }),
    invitesPerCommunityDay: fc.integer({ min: 1, max: 40 }),
    pauseMinSeconds: fc.integer({ min: 30, max: 600 }),
    pauseMaxSeconds: fc.integer({ min: 600, max: 900 }),
    burstLength: fc.integer({ min: 1, max: 3 }),
    burstPauseSeconds: fc.integer({ min: 300, max: 1800 }),
    rampFirstDay: fc.integer({ min: 1, max: 5 }),
    rampDailyGain: fc.integer({ min: 0, max: 5 }),
  })
  .map((limits) => ({ ...defaultPolicy, ...limits }));

export const anyPolicy = fc.oneof(fc.constant(defaultPolicy), looseAndStrict);
