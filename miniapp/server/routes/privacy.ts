import { Hono } from 'hono';
import { Refused } from '#core/refusals.ts';
import { changeRetention } from '#db/commands/change-retention.ts';
import { erasePerson } from '#db/commands/erase-person.ts';
import { handOutPerson } from '#db/commands/hand-out-person.ts';
import { getRetention } from '#db/queries/get-retention.ts';
import {
  erasedSchema,
  erasureBody,
  type PersonDataAnswer,
  personDataBody,
  personDataSchema,
  type RetentionAnswer,
  retentionBody,
  retentionSchema,
} from '#miniapp/contract/privacy.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { identityOf } from '../person-identity.ts';
import { serverTime } from '../views.ts';

/** How long people are kept, and what one person may ask for. */
export const privacyRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/retention',
      door(deps, {
        summary: 'How long collected people are kept, and what was forgotten',
        role: 'viewer',
        answers: retentionSchema,
      }),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const { keptDays, dueAt, reports } = await getRetention({ db: deps.db, workspaceId });
        const answer: RetentionAnswer = {
          ...serverTime(deps),
          keptDays,
          dueAt: dueAt.toISOString(),
          reports: reports.map(({ startedAt, finishedAt, ...report }) => ({
            ...report,
            startedAt: startedAt.toISOString(),
            finishedAt: finishedAt?.toISOString() ?? null,
          })),
        };
        return c.json(answer);
      },
    )
    .put(
      '/retention',
      door(deps, { summary: 'Keep collected people for fewer days, or again for more', role: 'admin' }),
      validate('json', retentionBody),
      async (c) => {
        await changeRetention(commandContext(deps, c.get('caller')), c.req.valid('json'));
        return c.body(null, 204);
      },
    )
    // Asked with a body, so that nobody's name stands in an address and with it in logs.
    .post(
      '/people/personal-data',
      door(deps, {
        summary: 'Everything the workspace keeps of one person',
        role: 'owner',
        isFresh: true,
        answers: personDataSchema,
      }),
      validate('json', personDataBody),
      async (c) => {
        const person = identityOf(c.req.valid('json').person);
        const { hashPerson } = deps;
        const data = await handOutPerson(commandContext(deps, c.get('caller')), { person, hashPerson });
        const answer: PersonDataAnswer = { ...serverTime(deps), data };
        return c.json(answer);
      },
    )
    .post(
      '/people/erasure',
      door(deps, {
        summary: 'Erase one person everywhere, and never contact them again',
        role: 'owner',
        isFresh: true,
        answers: erasedSchema,
      }),
      validate('json', erasureBody),
      async (c) => {
        const { person, confirmation } = c.req.valid('json');
        if (person !== confirmation) throw new Refused('person.not_confirmed');
        const { hashPerson } = deps;
        const ctx = commandContext(deps, c.get('caller'));
        return c.json(await erasePerson(ctx, { person: identityOf(person), hashPerson }));
      },
    );
