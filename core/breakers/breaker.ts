import type { AttemptOutcome } from '../campaign/outcome.ts';
import type { LimitPolicy } from '../pacing/policy.ts';

/** What stops invites until a person has looked: on a community, or on one campaign. */
export const BREAKERS = ['peer_floods', 'departures', 'privacy_refusals', 'unknown_errors'] as const;
export type BreakerKind = (typeof BREAKERS)[number];

/** Why a campaign is paused by each. Words: `error-…` in `locales`. */
export const BREAKER_RULES = [
  'breaker_peer_floods',
  'breaker_departures',
  'breaker_privacy_refusals',
  'breaker_unknown_errors',
] as const;
export type BreakerRule = (typeof BREAKER_RULES)[number];

export const ruleOfBreaker = (kind: BreakerKind): BreakerRule => `breaker_${kind}`;
export const isBreakerRule = (because: string | null): because is BreakerRule =>
  (BREAKER_RULES as readonly (string | null)[]).includes(because);

/** What was counted, of how large a sample where a share counts, and the most that would have been fine. */
export type BreakerEvidence = { counted: number; sample: number | null; allowed: number };

/** Reasons of targets whose privacy refused the invite. */
export const PRIVACY_REFUSALS: readonly string[] = [
  'privacy',
  'premium_would_allow',
  'premium_required_for_pm',
  'USER_PRIVACY_RESTRICTED',
  'USER_NOT_MUTUAL_CONTACT',
];

/** Reasons of targets who have blocked the account that invites. */
export const BLOCKED_US: readonly string[] = ['USER_BLOCKED', 'USER_IS_BLOCKED'];

/** Which breakers the end of an attempt may open; whoever asks counts for these alone. */
export function breakersTouchedBy({
  reason,
  unknownError,
}: Pick<AttemptOutcome, 'reason' | 'unknownError'>): BreakerKind[] {
  if (unknownError) return ['unknown_errors'];
  if (reason === null) return [];
  if (reason === 'PEER_FLOOD') return ['peer_floods'];
  if (PRIVACY_REFUSALS.includes(reason)) return ['privacy_refusals'];
  return BLOCKED_US.includes(reason) ? ['departures'] : [];
}

/**
 * Whether what was counted since the breaker was last closed opens it. A share is taken of the whole sample even while
 * it is not full yet: it opens as soon as no later invite could bring the share back below its bound.
 */
export function judgeBreaker(
  policy: LimitPolicy,
  kind: BreakerKind,
  counted: number,
): BreakerEvidence | undefined {
  switch (kind) {
    case 'peer_floods':
      return beyond(counted, policy.breakerPeerFloodAccounts - 1, null);
    case 'unknown_errors':
      return beyond(counted, policy.breakerUnknownErrors - 1, null);
    case 'departures':
      return beyond(counted, share(policy, policy.breakerDeparturesPercent), policy.breakerSampleSize);
    case 'privacy_refusals':
      return beyond(counted, share(policy, policy.breakerPrivacyPercent), policy.breakerSampleSize);
  }
}

const share = ({ breakerSampleSize }: LimitPolicy, percent: number): number =>
  Math.floor((breakerSampleSize * percent) / 100);

const beyond = (counted: number, allowed: number, sample: number | null): BreakerEvidence | undefined =>
  counted > allowed ? { counted, sample, allowed } : undefined;
