import type { Context, MiddlewareHandler } from 'hono';
import type { RateLimit } from '../auth/rate-limit.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from './env.ts';
import { limitRate } from './limit-rate.ts';

/** Lets a request through while the limit has a turn for its key; else says when to come back. */
export const limitCalls =
  (
    { realNow }: Pick<ServerDeps, 'realNow'>,
    limit: RateLimit,
    keyOf: (c: Context<ServerEnv>) => string,
  ): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    limitRate(limit, keyOf(c), realNow());
    await next();
  };

/** Behind `requireSession`: reading and changing have a limit each, for every operator. */
export const limitOperator = (deps: ServerDeps): MiddlewareHandler<ServerEnv> => {
  const ofOperator = (c: Context<ServerEnv>) => c.get('session').operatorId;
  const reading = limitCalls(deps, deps.readLimit, ofOperator);
  const changing = limitCalls(deps, deps.changeLimit, ofOperator);
  return (c, next) => (c.req.method === 'GET' ? reading(c, next) : changing(c, next));
};
