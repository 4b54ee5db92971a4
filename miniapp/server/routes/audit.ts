import { Hono } from 'hono';
import { listAudit } from '#db/queries/list-audit.ts';
import { type AuditPage, auditPageSchema } from '#miniapp/contract/audit.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { auditItem } from '../team-views.ts';
import { serverTime } from '../views.ts';

/** Who did what in the workspace, for its owners. */
export const auditRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>().get(
    '/',
    door(deps, { summary: 'Who did what, newest first', role: 'owner', answers: auditPageSchema }),
    validate('query', pageQuery),
    async (c) => {
      const page = await listAudit(
        { db: deps.db, workspaceId: c.get('caller').workspaceId },
        pageWish(c.req.valid('query'), 'number'),
      );
      const answer: AuditPage = { ...serverTime(deps), ...pageView(page, auditItem) };
      return c.json(answer);
    },
  );
