import { Hono } from 'hono';
import { audienceFilterSchema } from '#core/audience/filter.ts';
import { everybody } from '#core/audience/people-wish.ts';
import { typedLines } from '#core/audience/source.ts';
import { requestAudience } from '#db/commands/request-audience.ts';
import { getAudience } from '#db/queries/get-audience.ts';
import { listAudiences } from '#db/queries/list-audiences.ts';
import {
  type AudienceAnswer,
  type AudiencePage,
  audienceAnswerSchema,
  audienceBody,
  audienceCreatedSchema,
  audiencePageSchema,
  audienceParams,
} from '#miniapp/contract/audiences.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { audienceExportQuery } from '#miniapp/contract/people.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { answerPeopleFile } from '../people-file.ts';
import { serverTime } from '../views.ts';

/** Named sets of people, made of parse tasks and typed lists. */
export const audienceRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, { summary: 'Audiences, newest first', role: 'viewer', answers: audiencePageSchema }),
      validate('query', pageQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const page = await listAudiences({ db: deps.db, workspaceId }, pageWish(c.req.valid('query')));
        const answer: AudiencePage = {
          ...serverTime(deps),
          ...pageView(page, (row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Have an audience put together',
        role: 'operator',
        isCreating: true,
        answers: audienceCreatedSchema,
        status: 202,
      }),
      validate('json', audienceBody),
      async (c) => {
        const { name, typed, filter = {}, ...source } = c.req.valid('json');
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        const made = await requestAudience(ctx, {
          name,
          source: { ...source, typed: typedLines(typed), filter: audienceFilterSchema.parse(filter) },
        });
        return c.json(made, 202);
      },
    )
    .get(
      '/:audienceId',
      door(deps, {
        summary: 'An audience, with the typed lines that became nobody',
        role: 'viewer',
        answers: audienceAnswerSchema,
      }),
      validate('param', audienceParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const audience = await getAudience({ db: deps.db, workspaceId }, c.req.valid('param'));
        const answer: AudienceAnswer = { ...serverTime(deps), audience };
        return c.json(answer);
      },
    )
    .get(
      '/:audienceId/export',
      door(deps, { summary: 'Members of an audience as a file of at most a megabyte', role: 'operator' }),
      validate('param', audienceParams),
      validate('query', audienceExportQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const { audienceId } = c.req.valid('param');
        await getAudience({ db: deps.db, workspaceId }, { audienceId });
        const wish = { audienceId, filter: everybody };
        return answerPeopleFile(c, deps, { wish, format: c.req.valid('query').format });
      },
    );
