import { DAY_MS, HOUR_MS, MINUTE_MS } from '../duration.ts';

/** The wait after so many tries that came to nothing; the last one repeats. */
const WAITS_MS = [
  10_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
] as const;

/** A webhook that has answered nothing for so long is told nothing more. */
export const WEBHOOK_PATIENCE_MS = 3 * DAY_MS;

/** After the `tries`th try. `roll`, 0 to 1, lengthens it by up to a fifth, so that what failed together does not return together. */
export const waitAfter = (tries: number, roll: number): number => {
  const wait = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? WAITS_MS[0];
  return Math.round(wait * (1 + roll / 5));
};

/** Whether a webhook is to be given up. */
export const isLost = (failingSince: Date | null, now: Date): boolean =>
  failingSince !== null && now.getTime() - failingSince.getTime() >= WEBHOOK_PATIENCE_MS;
