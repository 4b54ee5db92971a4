import { desc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { audit, operator } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type AuditItem = {
  auditId: string;
  actor: Actor;
  /** The first name of the operator who did it; null when a part of Usher did. */
  actorName: string | null;
  action: string;
  entityId: string | null;
  before: unknown;
  after: unknown;
  at: Date;
  /** Its place in the chain; null until it is sealed, moments after its commit. */
  position: number | null;
};

/** What was done in the workspace, newest first; what is of one moment by the order of writing. */
export const listAudit = (ctx: QueryContext, page: PageWish): Promise<Page<AuditItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select({
        auditId: audit.id,
        actor: audit.actor,
        actorName: operator.firstName,
        action: audit.action,
        entityId: audit.entityId,
        before: audit.before,
        after: audit.after,
        at: audit.at,
        sequence: audit.sequence,
        position: audit.position,
      })
      .from(audit)
      .leftJoin(operator, eq(sql`${operator.id}::text`, sql`${audit.actor} ->> 'operatorId'`))
      .where(behind(audit.at, audit.sequence, page.after))
      .orderBy(desc(audit.at), desc(audit.sequence))
      .limit(page.limit + 1);
    const total = await tx.$count(audit);
    const { items, ...rest } = toPage(rows, { limit: page.limit, total }, (row) => ({
      at: row.at,
      id: String(row.sequence),
    }));
    // Written by `appendAudit` and its like only.
    return {
      ...rest,
      items: items.map(({ sequence: _, ...row }) => ({ ...row, actor: row.actor as Actor })),
    };
  });
