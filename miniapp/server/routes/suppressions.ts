import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { liftSuppression } from '#db/commands/lift-suppression.ts';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import { listSuppressions, readSuppressions } from '#db/queries/list-suppressions.ts';
import { writeTable } from '#files/write-table.ts';
import {
  type SuppressionPage,
  suppressionBody,
  suppressionLiftBody,
  suppressionLiftedSchema,
  suppressionPageSchema,
  suppressionsQuery,
} from '#miniapp/contract/audiences.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { fileAnswer } from '../people-file.ts';
import { identityOf } from '../person-identity.ts';
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
      validate('query', suppressionsQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const { person, ...query } = c.req.valid('query');
        const hashes = person ? deps.hashPerson(identityOf(person)) : undefined;
        const page = await listSuppressions({ db: deps.db, workspaceId }, { ...pageWish(query), hashes });
        const answer: SuppressionPage = {
          ...serverTime(deps),
          hasStopped: page.hasStopped,
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
        const { telegramId, username, phone, communityId, scope, reason } = c.req.valid('json');
        await suppressPerson(commandContext(deps, c.get('caller'), c.get('once')), {
          person: { telegramId: telegramId ?? null, username: username ?? null, phone: phone ?? null },
          scope,
          reason,
          hashPerson: deps.hashPerson,
          ...(communityId && { communityId }),
        });
        return c.body(null, 204);
      },
    )
    .get(
      '/export',
      door(deps, { summary: 'Suppressions as a CSV file, people as hashes', role: 'admin' }),
      (c) => {
        const { workspaceId, language } = c.get('caller');
        const columns = ['hash', 'scope', 'community_id', 'reason', 'created_at'].map((key) => ({
          key,
          head: key,
        }));
        const batches = readSuppressions({ db: deps.db, workspaceId });
        const file = writeTable('csv', { columns, batches, language });
        const body = Readable.toWeb(Readable.from(file, { objectMode: false })) as ReadableStream;
        return fileAnswer(c, 'csv', 'suppressions.csv', body);
      },
    )
    .post(
      '/lift',
      door(deps, {
        summary: 'Let a person be contacted again, for a reason',
        role: 'admin',
        isCreating: true,
        answers: suppressionLiftedSchema,
      }),
      validate('json', suppressionLiftBody),
      async (c) => {
        const { person, ...wish } = c.req.valid('json');
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        const { hashPerson } = deps;
        return c.json(
          await liftSuppression(ctx, {
            ...wish,
            person: person ? identityOf(person) : undefined,
            hashPerson,
          }),
        );
      },
    );
