import { DAY_MS, later } from './duration.ts';
import { allow, refuse, type Verdict } from './verdict.ts';

/** Collected people whom nothing uses are kept so long at most (product, "Finding communities and people"). */
export const LONGEST_KEPT_DAYS = 30;
export const SHORTEST_KEPT_DAYS = 1;

/** How often each workspace is looked through. */
export const RETENTION_EVERY_MS = DAY_MS;

/** What a new workspace begins with. */
export const firstRetention = (now: Date): { keptDays: number; dueAt: Date } => ({
  keptDays: LONGEST_KEPT_DAYS,
  dueAt: later(now, RETENTION_EVERY_MS),
});

/** Whoever was seen last before this moment has been kept long enough. */
export const keptSince = (keptDays: number, now: Date): Date => later(now, -keptDays * DAY_MS);

/** A workspace keeps people for less time, never for more. */
export const judgeKeptDays = (days: number): Verdict<number> =>
  Number.isInteger(days) && days >= SHORTEST_KEPT_DAYS && days <= LONGEST_KEPT_DAYS
    ? allow(days)
    : refuse('retention.out_of_range', { bound: LONGEST_KEPT_DAYS });
