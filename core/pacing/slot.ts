/** The rule that decides when an account may act next; the key of its words in `locales` (`slot-…`). */
export const SLOT_REASONS = [
  'now',
  'pause',
  'burst',
  'hour',
  'day',
  'ramp',
  'probation',
  'community_day',
  'community_all_day',
  'community_lifetime',
  'lookup_hour',
  'lookup_day',
] as const;
export type SlotReason = (typeof SLOT_REASONS)[number];

/** The earliest lawful moment and the rule that binds it. `at` is null when no moment ever is: a lifetime is used up. */
export type Slot = { at: Date | null; because: SlotReason };

/**
 * One call to Telegram as the ledger knows it. It arrived somewhere in [startedAt, countedAt], so every rule measures
 * from `countedAt`, which no arrival can follow; null while the call may still be under way.
 */
export type LedgerCall = { startedAt: Date; countedAt: Date | null };
