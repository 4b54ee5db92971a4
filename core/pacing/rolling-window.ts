import { later } from '../duration.ts';
import type { LedgerCall } from './slot.ts';

/** The latest moment a call can have reached Telegram, seen from `now`: an open call may arrive at any time. */
export function arrivalBound(call: Pick<LedgerCall, 'countedAt'>, now: Date): Date {
  return call.countedAt ?? now;
}

/**
 * The earliest moment from `from` on at which one more call keeps every closed window of `windowMs` at `limit` or
 * below, whenever the known calls arrived. Null when the limit is zero.
 */
export function roomInWindow(
  bounds: readonly Date[],
  limit: number,
  windowMs: number,
  from: Date,
): Date | null {
  if (limit <= 0) return null;
  const newestFirst = bounds.map((bound) => bound.getTime()).sort((a, b) => b - a);
  const mustLeave = newestFirst[limit - 1];
  if (mustLeave === undefined) return from;
  // One millisecond past the window, because both of its ends count.
  const free = later(new Date(mustLeave), windowMs + 1);
  return free > from ? free : from;
}
