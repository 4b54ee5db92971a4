/** Latest possible arrivals of calls in milliseconds, oldest first. Only grows: a new call is never older than the last. */
export type CallHistory = number[];

/**
 * As `roomInWindow`, without sorting: the earliest moment from `fromMs` on at which one more call keeps every closed
 * window at `limit` or below. Null when the limit is zero.
 */
export function roomAfter(
  history: CallHistory,
  limit: number,
  windowMs: number,
  fromMs: number,
): number | null {
  if (limit <= 0) return null;
  const mustLeave = history[history.length - limit];
  return mustLeave === undefined ? fromMs : Math.max(fromMs, mustLeave + windowMs + 1);
}

/** The history that calls of any order leave behind; an open one may arrive until `nowMs`. */
export const historyOf = (calls: readonly { countedAt: Date | null }[], nowMs: number): CallHistory =>
  calls.map((call) => call.countedAt?.getTime() ?? nowMs).sort((a, b) => a - b);
