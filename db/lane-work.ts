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

/** The same for a person's command: an account that was removed is `not_found`. */
export const lockKeptAccount = async (tx: Tx, accountId: string): Promise<void> => {
  const [row] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, accountId), isNull(account.removedAt)))
    .for('no key update');
  if (!row) throw new Refused('not_found');
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

/**
 * Locks the account, then the communities its running campaigns lead into, in one order, so that neither the account's
 * windows nor the one all accounts share can change between reading and writing. What is read under these locks has to
 * be read by a later statement, and no community counts that is not among `communityIds`: a campaign may have begun
 * while this one waited.
 */
export const lockLane = async (
  tx: Tx,
  accountId: string,
): Promise<{ account: LaneAccount; communityIds: ReadonlySet<string> } | undefined> => {
  const [row] = await tx.execute<{ account: Jsonified<LaneAccount>; places: string[] }>(sql`
    with mine as materialized (
      select id, status, recovers_at as "recoversAt", connected_at as "connectedAt", peer_floods as "peerFloods",
        resumed_at as "resumedAt"
      from account where id = ${accountId} for no key update
    ), place as materialized (
      select id from community
      where id in (
        select c.community_id
        from mine join campaign_account ca on ca.account_id = mine.id
        join campaign c on c.id = ca.campaign_id and c.status = 'running')
      order by id for no key update
    )
    select to_json(mine) as account, (select coalesce(json_agg(id), '[]') from place) as places from mine`);
  if (!row) return undefined;
  const { recoversAt, connectedAt, peerFloods, resumedAt, ...rest } = row.account;
  return {
    account: {
      ...rest,
      recoversAt: recoversAt === null ? null : new Date(recoversAt),
      connectedAt: new Date(connectedAt),
      peerFloods: peerFloods.map((at) => new Date(at)),
      resumedAt: resumedAt === null ? null : new Date(resumedAt),
    },
    communityIds: new Set(row.places),
  };
};

type Jsonified<T> = {
  [K in keyof T]: T[K] extends Date
    ? string
    : T[K] extends Date[]
      ? string[]
      : T[K] extends Date | null
        ? string | null
        : T[K];
};
