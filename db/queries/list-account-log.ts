import { and, desc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { audit, operator } from '../schema/index.ts';

export type AccountLogItem = {
  at: Date;
  actor: Actor;
  /** The first name of the operator who did it; null when a part of Usher did. */
  actorName: string | null;
  /** Entity and verb: `account.disabled`. */
  action: string;
  before: unknown;
  /** What came of it. */
  after: unknown;
};

/** What was done with an account, by whom and with which result, newest first. */
export const listAccountLog = (
  ctx: QueryContext,
  input: { accountId: string; limit: number },
): Promise<AccountLogItem[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select({
        at: audit.at,
        actor: audit.actor,
        actorName: operator.firstName,
        action: audit.action,
        before: audit.before,
        after: audit.after,
      })
      .from(audit)
      .leftJoin(operator, eq(sql`${operator.id}::text`, sql`${audit.actor} ->> 'operatorId'`))
      // As in the index of the rows of accounts.
      .where(and(eq(audit.entityId, input.accountId), sql`action like 'account.%'`))
      .orderBy(desc(audit.at), desc(audit.sequence))
      .limit(input.limit);
    // Written by `appendAudit` and its like only.
    return rows.map((row) => ({ ...row, actor: row.actor as Actor }));
  });
