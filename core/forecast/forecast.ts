import { recoversByItself } from '../account/standing.ts';
import { DAY_MS } from '../duration.ts';
import type { LedgerWindow } from '../pacing/next-slot.ts';
import type { LimitPolicy } from '../pacing/policy.ts';
import { type LedgerCall, SLOT_REASONS } from '../pacing/slot.ts';
import type { AccountStatus } from '../statuses.ts';
import type { TargetGroup } from './target-pool.ts';

/** One account of the campaign, judged by the same facts as its next slot. */
export type ForecastAccount = Omit<LedgerWindow, 'communityId' | 'communityAttempts'> & {
  accountId: string;
  status: AccountStatus;
  recoversAt: Date | null;
  /** Look-ups: at least the last 24 hours and every open one. */
  lookups: readonly LedgerCall[];
  /** A pause that was drawn already ends here; null when none stands. */
  pausedUntil: Date | null;
};

export type ForecastQuestion = {
  policy: LimitPolicy;
  now: Date;
  communityId: string;
  /** Those that may invite into the community. */
  accounts: readonly ForecastAccount[];
  /** Invites into the community by anybody: the last 24 hours and every open one. */
  communityAttempts: LedgerWindow['communityAttempts'];
  targets: readonly TargetGroup[];
  /** 0 to 1: draws the pause after an account's invite, counted from its first in this forecast. */
  roll(account: number, invite: number): number;
};

/** What a lane may wait for in a forecast. Words: `slot-…` in `locales`. */
export const BINDING_REASONS = [...SLOT_REASONS, 'cooling', 'blocked'] as const;
export type BindingReason = (typeof BINDING_REASONS)[number];

/** Why people would be left over for ever, or for longer than the horizon. */
export const NEVER_REASONS = [...SLOT_REASONS, 'no_inviting_account', 'horizon'] as const;
export type NeverReason = (typeof NEVER_REASONS)[number];

export type Forecast = {
  /** When the last target is invited; null when that never happens. */
  finishesAt: Date | null;
  never: NeverReason | null;
  /** Invites that are made until then. */
  invites: number;
  /** Open targets that get no invite: out of everybody's reach, waiting too long, or left over for ever. */
  remaining: number;
  /** Invites in each 24 hours from now on, to the last day with one. */
  perDay: number[];
  accounts: { accountId: string; invites: number }[];
  /** What the accounts wait for most of their time, and its share of all they wait; null when they never wait. */
  binding: { because: BindingReason; share: number } | null;
};

/** Nobody plans further ahead, and a forecast has to end. */
export const horizonMs = 730 * DAY_MS;

/** The accounts that will ever act; whoever needs a person's word is not among the question's. */
export const willAct = ({ status, recoversAt }: Pick<ForecastAccount, 'status' | 'recoversAt'>): boolean =>
  status === 'active' || (recoversByItself({ status, wantsPerson: false }) && recoversAt !== null);

/** Invites a day on average, until the last one; those of less than a day count as a day's. */
export function invitesADay({ invites, perDay, finishesAt }: Forecast, now: Date): number {
  const days = finishesAt ? (finishesAt.getTime() - now.getTime()) / DAY_MS : perDay.length;
  return Math.round(invites / Math.max(1, days));
}

/** What a forecast takes for granted, said beside it. Words: `forecast-assumes-…` in `locales`. */
export const ASSUMPTIONS = ['first_answers', 'starts_now', 'nobody_suppressed', 'alone'] as const;
export type Assumption = (typeof ASSUMPTIONS)[number];
