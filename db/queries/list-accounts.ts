import { and, asc, isNull, type SQL } from 'drizzle-orm';
import { type Recovery, recoveryOf } from '#core/account/standing.ts';
import type { AccountStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { account } from '../schema/index.ts';

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

/** The same inside a transaction that already stands in the workspace; `condition` speaks of accounts. */
export const selectAccounts = async (tx: Tx, condition?: SQL): Promise<AccountItem[]> => {
  const rows = await tx
    .select(columns)
    .from(account)
    .where(and(isNull(account.removedAt), condition))
    .orderBy(asc(account.connectedAt), asc(account.id));
  return rows.map(({ recoversAt, waitError, wantsPerson, freezeUntil, freezeAppealUrl, ...shown }) => ({
    ...shown,
    recovery: recoveryOf({ ...shown, recoversAt, waitError, wantsPerson, freezeUntil, freezeAppealUrl }),
  }));
};

const columns = {
  accountId: account.id,
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
