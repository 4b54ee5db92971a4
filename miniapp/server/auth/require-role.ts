import type { MiddlewareHandler } from 'hono';
import { Refused } from '#core/refusals.ts';
import { includesRole, type Role } from '#core/roles.ts';
import type { ServerEnv } from '../http/env.ts';

/** Behind `requireCaller`: refuses whose role is below `needed`. */
export const requireRole =
  (needed: Role): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    if (!includesRole(c.get('caller').role, needed)) throw new Refused('forbidden');
    await next();
  };
