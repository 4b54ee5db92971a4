import { Hono } from 'hono';
import { Refused } from '#core/refusals.ts';
import { type SessionsAnswer, sessionParams } from '#miniapp/contract/session.ts';
import { requireFreshLaunch } from '../auth/require-fresh-launch.ts';
import { requireSession } from '../auth/require-session.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitOperator } from '../http/limit-calls.ts';
import { validate } from '../http/validate.ts';
import { sessionItem } from '../team-views.ts';

/** One's own sessions: where one is signed in, and the end of any of them. */
export const sessionsRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .use(requireSession(deps))
    .use(limitOperator(deps))
    .get('/', async (c) => {
      const { operatorId, sessionId } = c.get('session');
      const items = await deps.sessions.list(operatorId);
      const answer: SessionsAnswer = {
        realNow: deps.realNow().toISOString(),
        items: items.map((item) => sessionItem(item, sessionId)),
      };
      return c.json(answer);
    })
    .delete('/:sessionId', validate('param', sessionParams), requireFreshLaunch(deps), async (c) => {
      const { operatorId, role } = c.get('session');
      const { sessionId } = c.req.valid('param');
      const own = await deps.sessions.list(operatorId);
      const found = own.find((item) => item.sessionId === sessionId);
      if (!found) throw new Refused('not_found');
      // In the workspace it belongs to, which may be another than this one.
      const { workspaceId } = found;
      await deps.sessions.end(commandContext(deps, { operatorId, role, workspaceId }), sessionId);
      return c.body(null, 204);
    });
