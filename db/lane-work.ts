import { and, eq, isNull, sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { AccountStatus } from '#core/statuses.ts';
import type { Tx } from './context.ts';
import { account } from './schema/accounts.ts';

export type LaneAccount = {
  id: string;
  status: AccountStatus;
  recoversAt: Date | null;
  connectedAt: Date;
  peerFloods: Date[];
  resumedAt: Date | null;
};

/** As a `LaneAccount`. */
export const laneAccountColumns = {
  id: account.id,
  status: account.status,
  recoversAt: account.recoversAt,
  connectedAt: account.connectedAt,
  peerFloods: account.peerFloods,
  resumedAt: account.resumedAt,
};

/** Locks the account: whoever decides about its next call waits here for the one before. */
export const lockAccount = async (tx: Tx, accountId: string): Promise<LaneAccount | undefined> => {
  const [row] = await tx
    .select(laneAccountColumns)
    .from(account)
    .where(eq(account.id, accountId))
    .for('no key update');
  return row;
};

/**
 * Locks the communities that the account's running campaigns lead into, in one order, so that the windows which all their
 * lanes share, and their people, do not change between reading and writing. Behind the account's own lock.
 */
export const lockCommunities = async (tx: Tx, accountId: string): Promise<void> => {
  await tx.execute(sql`
    select id from community
    where id in (
      select c.community_id from campaign_account ca
      join campaign c on c.id = ca.campaign_id and c.status = 'running'
      where ca.account_id = ${accountId})
    order by id for no key update`);
};

/** The same for a person's command: an account that was removed is `not_found`. */
export const lockKeptAccount = async (tx: Tx, accountId: string): Promise<void> => {
  const [row] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, accountId), isNull(account.removedAt)))
    .for('no key update');
  if (!row) throw new Refused('not_found');
};

/** Locks the account whose call has failed, and answers its spam warnings. Throws `not_found`. */
export const lockPeerFloods = async (tx: Tx, accountId: string): Promise<Date[]> => {
  const held = await lockAccount(tx, accountId);
  if (!held) throw new Refused('not_found');
  return held.peerFloods;
};

/**
 * The same for whoever takes the account out of work: refuses with `not_found`, and with `account.busy` while a call may be
 * under way, so that no answer is lost.
 */
export const lockIdleAccount = async (tx: Tx, accountId: string): Promise<void> => {
  await lockKeptAccount(tx, accountId);
  const [open] = await tx.execute(sql`
    select 1 from attempt
    where account_id = ${accountId} and status = 'attempting' and deadline_at > clock_timestamp() limit 1`);
  if (open) throw new Refused('account.busy');
};
