import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#core/roles.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { audit, operator } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type AuditItem = {
  auditId: string;
  actor: Actor;
  /** The first name of the operator who did it; null when a part of Usher did. */
  actorName: string | null;
  /** Entity and verb: `account.disabled`. */
  action: string;
  entityId: string | null;
  before: unknown;
  /** What came of it. */
  after: unknown;
  at: Date;
  /** Its place in the chain; null until it is sealed, moments after its commit. */
  position: number | null;
};

/** What was done in the workspace, newest first; what is of one moment by the order of writing. */
export const listAudit = (ctx: QueryContext, page: PageWish): Promise<Page<AuditItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) => readAudit(tx, page));

/** The same inside a transaction that already stands in the workspace; `condition` speaks of rows of the audit log. */
export const readAudit = async (tx: Tx, page: PageWish, condition?: SQL): Promise<Page<AuditItem>> => {
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
    .where(and(condition, behind(audit.at, audit.sequence, page.after)))
    .orderBy(desc(audit.at), desc(audit.sequence))
    .limit(page.limit + 1);
  const total = await tx.$count(audit, condition);
  const { items, ...rest } = toPage(rows, { limit: page.limit, total }, (row) => ({
    at: row.at,
    id: String(row.sequence),
  }));
  // Written by `appendAudit` and its like only.
  return { ...rest, items: items.map(({ sequence: _, ...row }) => ({ ...row, actor: row.actor as Actor })) };
};
