import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { Actor } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { audit, operator } from '../schema/index.ts';

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
  /** The order of writing. */
  sequence: number;
  /** Its place in the chain; null until it is sealed, moments after its commit. */
  position: number | null;
};

/** Where the next page begins: behind this row. */
export type AuditCursor = Pick<AuditItem, 'at' | 'sequence'>;

export type AuditPage = { items: AuditItem[]; total: number; next: AuditCursor | undefined };

/** What was done in the workspace, newest first, at most `limit` rows behind `after`. */
export const listAudit = (
  ctx: QueryContext,
  page: { after?: AuditCursor | undefined; limit: number },
): Promise<AuditPage> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { after, limit } = page;
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
      .where(
        after && or(lt(audit.at, after.at), and(eq(audit.at, after.at), lt(audit.sequence, after.sequence))),
      )
      .orderBy(desc(audit.at), desc(audit.sequence))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      // Written by `appendAudit` and its like only.
      items: shown.map((row) => ({ ...row, actor: row.actor as Actor })),
      total: await tx.$count(audit),
      next: rows.length > limit && last ? last : undefined,
    };
  });
