import { Hono } from 'hono';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import { listSuppressions } from '#db/queries/list-suppressions.ts';
import { type SuppressionPage, suppressionBody, suppressionPageSchema } from '#miniapp/contract/audiences.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** People who must not be contacted. */
export const suppressionRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Suppressions, newest first',
        role: 'viewer',
        answers: suppressionPageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const page = await listSuppressions({ db: deps.db, workspaceId }, pageWish(c.req.valid('query')));
        const answer: SuppressionPage = {
          ...serverTime(deps),
          ...pageView(page, (row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, { summary: 'Never contact a person again', role: 'operator', isCreating: true }),
      validate('json', suppressionBody),
      async (c) => {
        const { telegramId = null, username = null, communityId, scope, reason } = c.req.valid('json');
        await suppressPerson(commandContext(deps, c.get('caller'), c.get('once')), {
          person: { telegramId, username },
          scope,
          reason,
          hashPerson: deps.hashPerson,
          ...(communityId && { communityId }),
        });
        return c.body(null, 204);
      },
    );
