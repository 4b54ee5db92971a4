import { and, desc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#core/roles.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { account, audit, operator } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type AccountLogItem = {
  auditId: string;
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

/** What was done with an account, by whom and with which result, newest first. Throws `not_found`. */
export const listAccountLog = (
  ctx: QueryContext,
  { accountId, ...page }: PageWish & { accountId: string },
): Promise<Page<AccountLogItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    onlyRow(await tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)), 'not_found');
    // As in the index of the rows of accounts.
    const own = and(eq(audit.entityId, accountId), sql`action like 'account.%'`);
    const rows = await tx
      .select({
        auditId: audit.id,
        at: audit.at,
        actor: audit.actor,
        actorName: operator.firstName,
        action: audit.action,
        before: audit.before,
        after: audit.after,
        sequence: audit.sequence,
      })
      .from(audit)
      .leftJoin(operator, eq(sql`${operator.id}::text`, sql`${audit.actor} ->> 'operatorId'`))
      .where(and(own, behind(audit.at, audit.sequence, page.after)))
      .orderBy(desc(audit.at), desc(audit.sequence))
      .limit(page.limit + 1);
    const total = await tx.$count(audit, own);
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
