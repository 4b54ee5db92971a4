import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from './env.ts';

/** Names every request; the name is in the answer, in problems and in the log. */
export const requestId = (): MiddlewareHandler<ServerEnv> => async (c, next) => {
  c.set('requestId', randomUUID());
  await next();
  c.res.headers.set('x-request-id', c.get('requestId'));
};
