import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '../duration.ts';
import { defaultPolicy, type LimitPolicy, limitPolicySchema } from '../pacing/policy.ts';
import { anyPolicy } from '../testing/any-policy.ts';
import { type Arrival, brokenLimits } from '../testing/limit-oracle.ts';
import type { ForecastAccount, ForecastQuestion } from './forecast.ts';
import { runForecast } from './run-forecast.ts';

const now = new Date('2026-01-01T00:00:00Z');
const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const account: fc.Arbitrary<ForecastAccount> = fc
  .record({
    ageMs: fc.integer({ min: 0, max: 10 * DAY_MS }),
    lifetimeInCommunity: fc.nat({ max: 10 }),
    floodedMsAgo: fc.option(fc.integer({ min: 0, max: 2 * DAY_MS })),
    recoversInMs: fc.option(fc.integer({ min: 0, max: DAY_MS })),
  })
  .map(({ ageMs, lifetimeInCommunity, floodedMsAgo, recoversInMs }) => ({
    accountId: '',
    status: recoversInMs === null ? 'active' : 'cooling',
    recoversAt: recoversInMs === null ? null : later(now, recoversInMs),
    connectedAt: later(now, -ageMs),
    peerFloods: floodedMsAgo === null ? [] : [later(now, -floodedMsAgo)],
    attempts: [],
    lifetimeInCommunity,
    lookups: [],
    pausedUntil: null,
  }));
const crowd = fc
  .array(account, { minLength: 1, maxLength: 4 })
  .map((accounts) => accounts.map((each, index) => ({ ...each, accountId: `a${index}` })));

/** Draws the pause of an account's n-th invite, whatever the other accounts do. */
const rolls = fc
  .array(unit, { minLength: 7, maxLength: 7 })
  .map((drawn) => (who: number, invite: number) => drawn[(who * 3 + invite) % drawn.length] ?? 0);

/** Some for all accounts, some for one, some by username. */
const groups = fc.array(
  fc.record({
    count: fc.nat({ max: 12 }),
    reachedBy: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 }),
    canBeLookedUp: fc.boolean(),
    notBefore: fc.option(fc.integer({ min: 0, max: 9 * DAY_MS }).map((ms) => later(now, ms))),
  }),
  { maxLength: 4 },
);

const question = (changes: Partial<ForecastQuestion>): ForecastQuestion => ({
  policy: defaultPolicy,
  now,
  communityId: 'x',
  accounts: [],
  communityAttempts: [],
  targets: [],
  roll: () => 0,
  ...changes,
});

it('breaks no limit, and accounts for every target', () => {
  fc.assert(
    fc.property(anyPolicy, crowd, groups, rolls, (policy, accounts, targets, roll) => {
      const arrivals: Arrival[] = [];
      const told = runForecast(question({ policy, accounts, targets, roll }), (accountId, at) =>
        arrivals.push({ accountId, communityId: 'x', at }),
      );
      const connectedAt = new Map(accounts.map((each) => [each.accountId, each.connectedAt.getTime()]));
      expect(brokenLimits(policy, connectedAt, arrivals)).toEqual([]);
      // What an account invited before now comes off what a lifetime still allows.
      for (const { accountId, lifetimeInCommunity } of accounts) {
        const made = arrivals.filter((arrival) => arrival.accountId === accountId).length;
        const allowed = Math.max(0, policy.invitesPerAccountCommunityLifetime - lifetimeInCommunity);
        expect(made).toBeLessThanOrEqual(allowed);
        expect(told.accounts.find((each) => each.accountId === accountId)?.invites).toBe(made);
      }
      expect(told.invites).toBe(arrivals.length);
      expect(told.perDay.reduce((sum, invites) => sum + invites, 0)).toBe(arrivals.length);
      expect(told.invites + told.remaining).toBe(targets.reduce((sum, { count }) => sum + count, 0));
      const last = arrivals.at(-1)?.at ?? now.getTime();
      if (told.never === null) expect(told.finishesAt?.getTime()).toBe(last);
      else expect(told.finishesAt).toBeNull();
    }),
    { numRuns: 300 },
  );
});

/** Policies within the ceilings, below them everywhere. The burst pause stands at its floor. */
const lawfulPolicy: fc.Arbitrary<LimitPolicy> = fc
  .record({
    invitesPerAccountHour: fc.integer({ min: 1, max: 2 }),
    invitesPerAccountDay: fc.integer({ min: 1, max: 30 }),
    invitesPerAccountCommunityDay: fc.integer({ min: 1, max: 15 }),
    invitesPerAccountCommunityLifetime: fc.integer({ min: 1, max: 60 }),
    invitesPerCommunityDay: fc.integer({ min: 1, max: 30 }),
    pauseMinSeconds: fc.integer({ min: 600, max: 1200 }),
    pauseMaxSeconds: fc.integer({ min: 1200, max: 1800 }),
    burstLength: fc.integer({ min: 1, max: 3 }),
    rampFirstDay: fc.integer({ min: 1, max: 5 }),
    rampDailyGain: fc.integer({ min: 0, max: 5 }),
    lookupsPerAccountHour: fc.integer({ min: 1, max: 5 }),
    lookupsPerAccountDay: fc.integer({ min: 1, max: 40 }),
  })
  .map((limits) => limitPolicySchema.parse(limits));

const inviteTimes = (asked: ForecastQuestion): number[] => {
  const times: number[] = [];
  runForecast(asked, (_, atMs) => times.push(atMs));
  return times;
};

const hoursLate = (more: readonly number[], less: readonly number[]): number =>
  Math.max(0, ...less.map((atMs, n) => ((more[n] ?? Number.POSITIVE_INFINITY) - atMs) / HOUR_MS));

/** More invites than four accounts can make: the community's own limit holds nobody back. */
const roomy = 100;

const counts = [
  'invitesPerAccountHour',
  'invitesPerAccountDay',
  'invitesPerAccountCommunityDay',
  'invitesPerAccountCommunityLifetime',
  'invitesPerCommunityDay',
  'burstLength',
  'rampFirstDay',
  'rampDailyGain',
  'lookupsPerAccountHour',
  'lookupsPerAccountDay',
] as const;
const pauses = ['pauseMinSeconds', 'pauseMaxSeconds'] as const;

/** Everybody is within every account's reach, by reference or by username. */
const crowdAsked = fc
  .record({
    policy: lawfulPolicy,
    accounts: crowd,
    roll: rolls,
    count: fc.nat({ max: 60 }),
    byName: fc.boolean(),
  })
  .map(({ policy, accounts, roll, count, byName }) => {
    const reachedBy = byName ? [] : [0, 1, 2, 3, 4];
    const targets = [{ count, reachedBy, canBeLookedUp: byName, notBefore: null }];
    return question({ policy, accounts, targets, roll });
  });

const change = fc.oneof(
  fc.record({ key: fc.constantFrom(...counts), by: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ key: fc.constantFrom(...pauses), by: fc.integer({ min: 1, max: 600 }) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** The same question under a limit that is stricter. Undefined when that is no policy. */
function stricter(asked: ForecastQuestion, { key, by }: Change): ForecastQuestion | undefined {
  const isPause = key === 'pauseMinSeconds' || key === 'pauseMaxSeconds';
  const lowest = key === 'rampDailyGain' ? 0 : 1;
  const value = isPause ? asked.policy[key] + by : Math.max(lowest, asked.policy[key] - by);
  const { success, data } = limitPolicySchema.safeParse({ ...asked.policy, [key]: value });
  return success ? { ...asked, policy: data } : undefined;
}

const withRoom = (asked: ForecastQuestion): ForecastQuestion => ({
  ...asked,
  policy: { ...asked.policy, invitesPerCommunityDay: roomy },
});
const withAnother = (asked: ForecastQuestion, another: ForecastAccount): ForecastQuestion => ({
  ...asked,
  accounts: [...asked.accounts, { ...another, accountId: 'another' }],
});

/*
 * What is monotone: with the same drawn pauses, everybody within every account's reach and the burst pause at its floor,
 * the n-th invite is never later under a higher limit or with a further account, as long as the community's own limit
 * holds nobody back. Where it does, the accounts take each other's turns, and an invite may come later, by less than the
 * day that limit looks back on. Nothing of the kind holds where reach differs: an account with more room may take the
 * people a slower one could have had, and be missed for those that only it reaches.
 */

it('never has an invite later when a limit is raised and the community has room', () => {
  fc.assert(
    fc.property(crowdAsked, change, (asked, by) => {
      const loose = withRoom(asked);
      const strict = stricter(loose, by);
      if (strict) expect(hoursLate(inviteTimes(loose), inviteTimes(strict))).toBe(0);
    }),
    { numRuns: 300 },
  );
});

it('never has an invite later when an account is added and the community has room', () => {
  fc.assert(
    fc.property(crowdAsked, account, (asked, another) => {
      const fewer = withRoom(asked);
      expect(hoursLate(inviteTimes(withAnother(fewer, another)), inviteTimes(fewer))).toBe(0);
    }),
    { numRuns: 300 },
  );
});

it('never has an invite more than a day later for either where the community is the limit', () => {
  fc.assert(
    fc.property(crowdAsked, change, account, (asked, by, another) => {
      const strict = stricter(asked, by);
      if (strict) expect(hoursLate(inviteTimes(asked), inviteTimes(strict))).toBeLessThanOrEqual(24);
      expect(hoursLate(inviteTimes(withAnother(asked, another)), inviteTimes(asked))).toBeLessThanOrEqual(24);
    }),
    { numRuns: 300 },
  );
});
