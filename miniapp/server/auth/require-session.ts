import type { MiddlewareHandler } from 'hono';
import { Refused } from '#core/refusals.ts';
import { includesRole, type Role } from '#core/roles.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { ServerProblem } from '../http/problems.ts';

/** Lets a request through with the open session of its bearer token. */
export const requireSession =
  ({ sessions }: Pick<ServerDeps, 'sessions'>): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const [, token] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    if (!token) throw new ServerProblem('session.missing');
    const session = await sessions.use(token);
    if (!session) throw new ServerProblem('session.ended');
    c.set('session', session);
    c.header('cache-control', 'no-store');
    await next();
  };

/** Behind `requireSession`: refuses whose role is below `needed`. */
export const requireRole =
  (needed: Role): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    if (!includesRole(c.get('session').role, needed)) throw new Refused('forbidden');
    await next();
  };
