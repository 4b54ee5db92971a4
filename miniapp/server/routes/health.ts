import { Hono } from 'hono';
import { z } from 'zod';
import { isSchemaCurrent } from '#db/queries/is-schema-current.ts';
import type { ServerDeps } from '../deps.ts';
import { openDoor } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';

const healthSchema = z.object({ status: z.literal('ok') });

/** `live`: the process answers. `ready`: the database answers too, and has the schema this version reads. */
export const healthRoutes = ({ db, log }: ServerDeps) =>
  new Hono<ServerEnv>()
    .get('/live', openDoor({ summary: 'The process answers', answers: healthSchema }), (c) =>
      c.json({ status: 'ok' as const }),
    )
    .get(
      '/ready',
      openDoor({ summary: 'The database answers and fits', answers: healthSchema }),
      async (c) => {
        try {
          if (await isSchemaCurrent(db)) return c.json({ status: 'ok' as const });
          return c.json({ status: 'unavailable' as const, because: 'schema_outdated' as const }, 503);
        } catch (err) {
          log.warn({ err, requestId: c.get('requestId') }, 'the database does not answer');
          return c.json({ status: 'unavailable' as const, because: 'database_unreachable' as const }, 503);
        }
      },
    );
