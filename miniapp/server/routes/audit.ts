import { Hono } from 'hono';
import { listAudit } from '#db/queries/list-audit.ts';
import { type AuditPage, auditPageSchema, auditQuery } from '#miniapp/contract/audit.ts';
import type { ServerDeps } from '../deps.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { auditItem } from '../team-views.ts';

/** Who did what in the workspace, for its owners. */
export const auditRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>().get(
    '/',
    door(deps, { summary: 'Who did what, newest first', role: 'owner', answers: auditPageSchema }),
    validate('query', auditQuery),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const place = cursor === undefined ? undefined : readCursor(cursor, 'number');
      const page = await listAudit(
        { db: deps.db, workspaceId: c.get('caller').workspaceId },
        { limit, after: place && { at: place.at, sequence: Number(place.key) } },
      );
      const answer: AuditPage = {
        items: page.items.map(auditItem),
        total: page.total,
        next: page.next ? writeCursor(page.next.at, String(page.next.sequence)) : null,
      };
      return c.json(answer);
    },
  );
