import type { LimitPolicy } from '../pacing/policy.ts';

/** One call as it really reached Telegram. */
export type Arrival = { accountId: string; communityId: string; at: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Names every limit that the arrivals break, judged the plain way and without the product's code: for each arrival,
 * count what stands in the closed window that ends with it.
 */
export function brokenLimits(
  policy: LimitPolicy,
  connectedAt: ReadonlyMap<string, number>,
  arrivals: readonly Arrival[],
): string[] {
  const broken = new Set<string>();
  const check = (rule: string, isKept: boolean) => {
    if (!isKept) broken.add(rule);
  };
  for (const { accountId, communityId, at } of arrivals) {
    const within = (windowMs: number, filter: Partial<Arrival>) =>
      arrivals.filter(
        (other) =>
          other.at <= at &&
          other.at >= at - windowMs &&
          (filter.accountId === undefined || other.accountId === filter.accountId) &&
          (filter.communityId === undefined || other.communityId === filter.communityId),
      ).length;
    const fullDays = Math.floor((at - (connectedAt.get(accountId) ?? 0)) / DAY);
    check('hour', within(HOUR, { accountId }) <= policy.invitesPerAccountHour);
    check('day', within(DAY, { accountId }) <= policy.invitesPerAccountDay);
    check(
      'ramp',
      within(DAY, { accountId }) <=
        Math.min(policy.invitesPerAccountDay, policy.rampFirstDay + fullDays * policy.rampDailyGain),
    );
    check('community_day', within(DAY, { accountId, communityId }) <= policy.invitesPerAccountCommunityDay);
    check(
      'community_lifetime',
      within(Number.POSITIVE_INFINITY, { accountId, communityId }) <=
        policy.invitesPerAccountCommunityLifetime,
    );
    check('community_all_day', within(DAY, { communityId }) <= policy.invitesPerCommunityDay);
  }
  for (const accountId of new Set(arrivals.map((arrival) => arrival.accountId))) {
    const times = arrivals.filter((a) => a.accountId === accountId).map((a) => a.at);
    const gaps = times
      .sort((a, b) => a - b)
      .slice(1)
      .map((at, index) => at - (times[index] ?? at));
    check(
      'pause',
      gaps.every((gap) => gap >= policy.pauseMinSeconds * 1000),
    );
    let row = 1;
    for (const gap of gaps) {
      row = gap < policy.burstPauseSeconds * 1000 ? row + 1 : 1;
      check('burst', row <= policy.burstLength);
    }
  }
  return [...broken];
}
