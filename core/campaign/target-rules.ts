import { BREAKER_RULES } from '../breakers/breaker.ts';

/** Why a target ended or waits by a rule of Usher's own, without Telegram being asked. Words: `error-…` in `locales`. */
export const TARGET_RULES = [
  'suppressed',
  'already_member',
  'tried_before',
  'refuses_direct_add',
  'is_bot',
  'is_deleted',
  'unreachable',
  'collected_not_acknowledged',
  'outcome_unknown',
  'left_before',
  'campaign_cancelled',
] as const;
export type TargetRule = (typeof TARGET_RULES)[number];

/** Why a campaign is paused by people or by rule, beside Telegram's own error names. Words: `error-…` in `locales`. */
export const PAUSE_RULES = [
  'paused_by_operator',
  'no_inviting_account',
  'lifetime_used_up',
  ...BREAKER_RULES,
] as const;
export type PauseRule = (typeof PAUSE_RULES)[number];
