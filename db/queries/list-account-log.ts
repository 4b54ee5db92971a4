import { and, eq, sql } from 'drizzle-orm';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { account, audit } from '../schema/index.ts';
import { type AuditItem, readAudit } from './list-audit.ts';
import type { Page, PageWish } from './page.ts';

/** What was done with an account, by whom and with which result, newest first. Throws `not_found`. */
export const listAccountLog = (
  ctx: QueryContext,
  { accountId, ...page }: PageWish & { accountId: string },
): Promise<Page<AuditItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    onlyRow(await tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)), 'not_found');
    // As in the index of the rows of accounts.
    return readAudit(tx, page, and(eq(audit.entityId, accountId), sql`action like 'account.%'`));
  });
