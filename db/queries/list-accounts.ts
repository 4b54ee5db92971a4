import { and, asc, isNull, type SQL } from 'drizzle-orm';
import { type Recovery, recoveryOf } from '#core/account/standing.ts';
import type { AccountStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { account } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type AccountItem = {
  accountId: string;
  firstName: string;
  username: string | null;
  status: AccountStatus;
  statusError: string | null;
  /** When and by whom it comes back; undefined while it is at work. */
  recovery: Recovery | undefined;
  nextSlotAt: Date | null;
  nextSlotBecause: string | null;
};

/** The workspace's accounts that were not removed, in the order of their first sign-in. */
export const listAccounts = (ctx: QueryContext): Promise<AccountItem[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) => selectAccounts(tx));

/** The same, page by page. */
export const listAccountPage = (ctx: QueryContext, page: PageWish): Promise<Page<AccountItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const further = behind(account.connectedAt, account.id, page.after, 'earliest');
    const rows = await accountRows(tx, further).limit(page.limit + 1);
    const total = await tx.$count(account, isNull(account.removedAt));
    const { items, ...rest } = toPage(rows, { limit: page.limit, total }, (row) => ({
      at: row.connectedAt,
      id: row.accountId,
    }));
    return { ...rest, items: items.map(toItem) };
  });

/** The same inside a transaction that already stands in the workspace; `condition` speaks of accounts. */
export const selectAccounts = async (tx: Tx, condition?: SQL): Promise<AccountItem[]> =>
  (await accountRows(tx, condition)).map(toItem);

const accountRows = (tx: Tx, condition: SQL | undefined) =>
  tx
    .select(columns)
    .from(account)
    .where(and(isNull(account.removedAt), condition))
    .orderBy(asc(account.connectedAt), asc(account.id));

const toItem = (row: Awaited<ReturnType<typeof accountRows>>[number]): AccountItem => {
  const { connectedAt: _, recoversAt, waitError, wantsPerson, freezeUntil, freezeAppealUrl, ...shown } = row;
  return {
    ...shown,
    recovery: recoveryOf({ ...shown, recoversAt, waitError, wantsPerson, freezeUntil, freezeAppealUrl }),
  };
};

const columns = {
  accountId: account.id,
  connectedAt: account.connectedAt,
  firstName: account.firstName,
  username: account.username,
  status: account.status,
  statusError: account.statusError,
  recoversAt: account.recoversAt,
  waitError: account.waitError,
  wantsPerson: account.wantsPerson,
  freezeUntil: account.freezeUntil,
  freezeAppealUrl: account.freezeAppealUrl,
  nextSlotAt: account.nextSlotAt,
  nextSlotBecause: account.nextSlotBecause,
};
