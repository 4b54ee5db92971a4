export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A moment `ms` later. */
export const later = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);

/** The later of two moments. */
export const latest = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b);

/** A duration in whole parts, for people: `{ days: 1, hours: 2, minutes: 0, seconds: 9 }`. Negative is zero. */
export function splitDuration(ms: number): { days: number; hours: number; minutes: number; seconds: number } {
  const rest = Math.max(0, Math.floor(ms));
  return {
    days: Math.floor(rest / DAY_MS),
    hours: Math.floor((rest % DAY_MS) / HOUR_MS),
    minutes: Math.floor((rest % HOUR_MS) / MINUTE_MS),
    seconds: Math.floor((rest % MINUTE_MS) / SECOND_MS),
  };
}
