import { DAY_MS, HOUR_MS, later } from '../duration.ts';
import { probationEnd } from '../pacing/peer-flood.ts';
import { halved, type LimitPolicy } from '../pacing/policy.ts';
import { arrivalBound, roomInWindow } from '../pacing/rolling-window.ts';
import type { LedgerCall, SlotReason } from '../pacing/slot.ts';

/** What an account has used of one limit in its window, and when there is room again; null means never. */
export type LimitUse = {
  rule: Extract<
    SlotReason,
    'hour' | 'day' | 'ramp' | 'lookup_hour' | 'lookup_day' | 'community_day' | 'community_lifetime'
  >;
  used: number;
  limit: number;
  roomAt: Date | null;
};

export type LimitFacts = {
  connectedAt: Date;
  peerFloods: readonly Date[];
  resumedAt: Date | null;
  /** Invites of at least the last 24 hours and every open one. */
  attempts: readonly LedgerCall[];
  lookups: readonly LedgerCall[];
};

/** The limits that hold for the account at this moment: half of them on probation. */
const limitsNow = (policy: LimitPolicy, facts: LimitFacts, now: Date): LimitPolicy => {
  const end = probationEnd(policy, facts.peerFloods, facts.resumedAt);
  return end && end > now ? halved(policy) : policy;
};

/** What the account has used of every limit of its own. */
export function measureLimits(policy: LimitPolicy, facts: LimitFacts, now: Date): LimitUse[] {
  const limits = limitsNow(policy, facts, now);
  const fullDays = Math.floor((now.getTime() - facts.connectedAt.getTime()) / DAY_MS);
  const ramp = Math.min(
    limits.invitesPerAccountDay,
    policy.rampFirstDay + Math.max(0, fullDays) * policy.rampDailyGain,
  );
  const { attempts, lookups } = facts;
  return [
    use('hour', attempts, limits.invitesPerAccountHour, HOUR_MS, now),
    use('day', attempts, limits.invitesPerAccountDay, DAY_MS, now),
    ...(ramp < limits.invitesPerAccountDay ? [use('ramp', attempts, ramp, DAY_MS, now)] : []),
    use('lookup_hour', lookups, policy.lookupsPerAccountHour, HOUR_MS, now),
    use('lookup_day', lookups, policy.lookupsPerAccountDay, DAY_MS, now),
  ];
}

/** The same for one community: `attempts` are the account's into it, `lifetime` all it ever made there. */
export function measureCommunityLimits(
  policy: LimitPolicy,
  facts: LimitFacts & { lifetime: number },
  now: Date,
): LimitUse[] {
  const limits = limitsNow(policy, facts, now);
  const { lifetime } = facts;
  const ever = policy.invitesPerAccountCommunityLifetime;
  return [
    use('community_day', facts.attempts, limits.invitesPerAccountCommunityDay, DAY_MS, now),
    { rule: 'community_lifetime', used: lifetime, limit: ever, roomAt: lifetime < ever ? now : null },
  ];
}

const use = (
  rule: LimitUse['rule'],
  calls: readonly LedgerCall[],
  limit: number,
  windowMs: number,
  now: Date,
): LimitUse => {
  const bounds = calls.map((call) => arrivalBound(call, now));
  const since = later(now, -windowMs);
  const used = bounds.filter((bound) => bound >= since).length;
  return { rule, used, limit, roomAt: roomInWindow(bounds, limit, windowMs, now) };
};
