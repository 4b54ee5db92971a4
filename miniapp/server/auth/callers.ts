import type { MiddlewareHandler } from 'hono';
import { API_TOKEN_PREFIX } from '#core/api-token.ts';
import { findApiToken, type UsedToken } from '#db/api-tokens.ts';
import { hashToken } from '#db/one-time-tokens.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { ServerProblem } from '../http/problems.ts';
import type { OpenSession } from './sessions.ts';

/** Who asks: a person in a signed-in panel, or a program that acts for one. */
export type Caller = (OpenSession & { tokenId?: undefined }) | UsedToken;

const API_TOKEN = new RegExp(`^${API_TOKEN_PREFIX}[\\w-]{43}$`);

/** Lets a request through with whoever stands behind its bearer token; `people` keeps API tokens out. */
export const requireCaller =
  ({ db, sessions, realNow }: ServerDeps, who: 'anybody' | 'people'): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    c.header('cache-control', 'no-store');
    const [, token] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    if (!token) throw new ServerProblem('session.missing');
    if (token.startsWith(API_TOKEN_PREFIX)) {
      const now = realNow();
      const used = API_TOKEN.test(token)
        ? await findApiToken(db, { tokenHash: hashToken(token), now })
        : undefined;
      if (!used) throw new ServerProblem('token.ended');
      if (who === 'people') throw new ServerProblem('token.not_allowed');
      c.set('caller', used);
    } else {
      const session = await sessions.use(token);
      if (!session) throw new ServerProblem('session.ended');
      c.set('session', session);
      c.set('caller', session);
    }
    await next();
  };
