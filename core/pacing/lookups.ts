import { DAY_MS, HOUR_MS } from '../duration.ts';
import type { LimitPolicy } from './policy.ts';
import { arrivalBound, roomInWindow } from './rolling-window.ts';
import type { LedgerCall, Slot } from './slot.ts';

/**
 * The earliest moment at which the account may look up one more username or number. `lookups` are those it made in at
 * least the last 24 hours and every open one.
 */
export function nextLookup(policy: LimitPolicy, lookups: readonly LedgerCall[], now: Date): Slot {
  const bounds = lookups.map((call) => arrivalBound(call, now));
  const hour = roomInWindow(bounds, policy.lookupsPerAccountHour, HOUR_MS, now);
  const day = roomInWindow(bounds, policy.lookupsPerAccountDay, DAY_MS, now);
  if (!hour) return { at: null, because: 'lookup_hour' };
  if (!day) return { at: null, because: 'lookup_day' };
  if (day > hour) return { at: day, because: 'lookup_day' };
  return { at: hour, because: hour > now ? 'lookup_hour' : 'now' };
}
