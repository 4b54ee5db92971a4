import { asc } from 'drizzle-orm';
import type { AccountStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { account } from '../schema/index.ts';

export type AccountItem = {
  accountId: string;
  firstName: string;
  username: string | null;
  status: AccountStatus;
  statusError: string | null;
  recoversAt: Date | null;
  nextSlotAt: Date | null;
  nextSlotBecause: string | null;
};

/** The workspace's accounts, in the order of their first sign-in. */
export const listAccounts = (ctx: QueryContext): Promise<AccountItem[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, selectAccounts);

/** The same inside a transaction that already stands in the workspace. */
export const selectAccounts = (tx: Tx): Promise<AccountItem[]> =>
  tx.select(accountColumns).from(account).orderBy(asc(account.connectedAt), asc(account.id));

/** What every screen shows of an account. */
export const accountColumns = {
  accountId: account.id,
  firstName: account.firstName,
  username: account.username,
  status: account.status,
  statusError: account.statusError,
  recoversAt: account.recoversAt,
  nextSlotAt: account.nextSlotAt,
  nextSlotBecause: account.nextSlotBecause,
};
