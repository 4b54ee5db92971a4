import { Hono } from 'hono';
import { Refused } from '#core/refusals.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { type SessionPage, sessionPageSchema, sessionParams } from '#miniapp/contract/sessions.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { sessionItem } from '../team-views.ts';
import { serverTime } from '../views.ts';

/** One's own sessions: where one is signed in, and the end of any of them. */
export const sessionsRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Where one is signed in oneself, newest first',
        role: 'viewer',
        isForPeople: true,
        answers: sessionPageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const { operatorId, sessionId } = c.get('session');
        const page = await deps.sessions.list(operatorId, pageWish(c.req.valid('query')));
        const answer: SessionPage = {
          ...serverTime(deps),
          realNow: deps.realNow().toISOString(),
          ...pageView(page, (row) => sessionItem(row, sessionId)),
        };
        return c.json(answer);
      },
    )
    .delete(
      '/:sessionId',
      door(deps, { summary: 'End one of one’s own sessions', role: 'viewer', isFresh: true }),
      validate('param', sessionParams),
      async (c) => {
        const { operatorId, role } = c.get('session');
        const { sessionId } = c.req.valid('param');
        const found = await deps.sessions.find(operatorId, sessionId);
        if (!found) throw new Refused('not_found');
        // In the workspace it belongs to, which may be another than this one.
        const { workspaceId } = found;
        await deps.sessions.end(commandContext(deps, { operatorId, role, workspaceId }), sessionId);
        return c.body(null, 204);
      },
    );
