import { DAY_MS, later } from '../duration.ts';

const longWaitMs = 7 * DAY_MS;

/** Targets that wait until after this moment do not keep a campaign open: they stay visible as waiting. */
export const longWaitFrom = (now: Date): Date => later(now, longWaitMs);

/** True when nothing is left to do: `waitingSoon` counts those that wait no longer than `longWaitFrom(now)`. */
export const isFinished = (open: { pending: number; attempting: number; waitingSoon: number }): boolean =>
  open.pending === 0 && open.attempting === 0 && open.waitingSoon === 0;
