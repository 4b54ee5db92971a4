import type { MiddlewareHandler } from 'hono';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { ServerProblem } from '../http/problems.ts';

const FRESH_MS = 5 * 60_000;

/**
 * Behind `requireCaller` for people: refuses what touches roles, sessions or acknowledgements unless Telegram opened the Mini App
 * moments ago, so that a panel left open, or a token that got away, cannot be used for it.
 */
export const requireFreshLaunch =
  ({ realNow }: Pick<ServerDeps, 'realNow'>): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const ageMs = realNow().getTime() - c.get('session').launchedAt.getTime();
    if (ageMs >= FRESH_MS) throw new ServerProblem('launch.not_fresh');
    await next();
  };
