import { Hono } from 'hono';
import { getPeopleStatistics } from '#db/queries/get-people-statistics.ts';
import { listMemberships } from '#db/queries/list-memberships.ts';
import { listPeople } from '#db/queries/list-people.ts';
import {
  type PeoplePageAnswer,
  type PeopleStatisticsAnswer,
  peopleExportQuery,
  peoplePageSchema,
  peopleQuery,
  peopleStatisticsQuery,
  peopleStatisticsSchema,
  wishOf,
} from '#miniapp/contract/people.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { answerPeopleFile } from '../people-file.ts';
import { serverTime } from '../views.ts';

/** Everybody the workspace knows. */
export const peopleRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary:
          'People, by name or by what is searched; those of an audience with why they are in it and whence',
        role: 'viewer',
        answers: peoplePageSchema,
      }),
      validate('query', peopleQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const { limit, cursor, sort, ...query } = c.req.valid('query');
        const wish = { ...wishOf(query), sort, limit, after: cursor };
        const ctx = { db: deps.db, workspaceId };
        const page = await listPeople(ctx, wish);
        const personIds = page.items.map(({ personId }) => personId);
        const memberships = wish.audienceId
          ? await listMemberships(ctx, { audienceId: wish.audienceId, personIds })
          : undefined;
        const answer: PeoplePageAnswer = {
          ...serverTime(deps),
          items: page.items.map((row) => {
            const membership = memberships?.get(row.personId);
            return {
              ...row,
              seenAt: row.seenAt.toISOString(),
              membership: membership ? { ...membership, at: membership.at.toISOString() } : null,
            };
          }),
          total: page.total,
          next: page.next ?? null,
        };
        return c.json(answer);
      },
    )
    .get(
      '/statistics',
      door(deps, {
        summary: 'Counts of people by source, last seen, script and what they are',
        role: 'viewer',
        answers: peopleStatisticsSchema,
      }),
      validate('query', peopleStatisticsQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const wish = wishOf(c.req.valid('query'));
        const statistics = await getPeopleStatistics({ db: deps.db, workspaceId }, wish);
        const answer: PeopleStatisticsAnswer = { ...serverTime(deps), statistics };
        return c.json(answer);
      },
    )
    .get(
      '/export',
      door(deps, { summary: 'People as a file of at most a megabyte', role: 'operator' }),
      validate('query', peopleExportQuery),
      (c) => {
        const { format, ...query } = c.req.valid('query');
        return answerPeopleFile(c, deps, { wish: wishOf(query), format });
      },
    );
