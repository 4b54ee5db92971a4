import type { RateLimit } from '../auth/rate-limit.ts';
import { ServerProblem } from './problems.ts';

/** Takes a turn, or throws `rate_limited` with the whole seconds after which there is one. */
export const limitRate = (limit: RateLimit, key: string, now: Date): void => {
  const waitMs = limit.take(key, now.getTime());
  if (waitMs === undefined) return;
  throw new ServerProblem('rate_limited', { headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } });
};
