import { createRateLimit } from '../auth/rate-limit.ts';
import type { ServerDeps } from '../deps.ts';

const aMinute = (limit: number) => createRateLimit({ limit, windowMs: 60_000 });

/** Turns in a minute. */
export const createConnectLimits = (): ServerDeps['connectLimits'] => ({
  link: aMinute(10),
  open: aMinute(20),
  live: aMinute(60),
  start: aMinute(10),
  answer: aMinute(30),
});
