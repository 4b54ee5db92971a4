import { eq, sql } from 'drizzle-orm';
import { type Health, healthOf } from '#core/account/health.ts';
import { type LimitUse, measureCommunityLimits, measureLimits } from '#core/account/limits.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { LedgerCall } from '#core/pacing/slot.ts';
import { Refused } from '#core/refusals.ts';
import { at } from '../command.ts';
import { type CommandContext, inWorkspace, type Tx } from '../context.ts';
import { listLookups } from '../lookups.ts';
import { policyInForce } from '../policies.ts';
import { account } from '../schema/accounts.ts';
import { type AccountItem, selectAccounts } from './list-accounts.ts';

export type AccountDetail = AccountItem & {
  health: Health;
  /** What Telegram said of the account when its profile was last read. */
  profile: {
    lastName: string | null;
    isPremium: boolean;
    hasPhoto: boolean | null;
    refreshedAt: Date | null;
    /** A worker is to log it out. */
    isLoggingOut: boolean;
  };
  /** What it has used of each of its own limits. */
  limits: LimitUse[];
  /** The same for every community it has ever invited into. */
  communities: { communityId: string; title: string; limits: LimitUse[] }[];
};

/** One account as the account manager sees it. Throws `not_found`. */
export const getAccount = (ctx: CommandContext, input: { accountId: string }): Promise<AccountDetail> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { accountId } = input;
    const [item] = await selectAccounts(tx, eq(account.id, accountId));
    const [row] = await tx
      .select({
        connectedAt: account.connectedAt,
        peerFloods: account.peerFloods,
        resumedAt: account.resumedAt,
        lastName: account.lastName,
        isPremium: account.isPremium,
        hasPhoto: account.hasPhoto,
        refreshedAt: account.refreshedAt,
        logOutAt: account.logOutAt,
      })
      .from(account)
      .where(eq(account.id, accountId));
    if (!item || !row) throw new Refused('not_found');
    const policy = await policyInForce(tx, ctx);
    const calls = await listCalls(tx, accountId, ctx.now);
    const facts = { ...row, attempts: calls, lookups: await listLookups(tx, accountId, ctx.now) };
    const places = await listPlaces(tx, accountId);
    const { lastName, isPremium, hasPhoto, refreshedAt, logOutAt } = row;
    return {
      ...item,
      profile: { lastName, isPremium, hasPhoto, refreshedAt, isLoggingOut: logOutAt !== null },
      health: healthOf({
        status: item.status,
        ...(await countTroubles(tx, accountId, row.peerFloods, ctx.now)),
      }),
      limits: measureLimits(policy, facts, ctx.now),
      communities: places.map(({ communityId, title, lifetime }) => {
        const attempts = calls.filter((call) => call.communityId === communityId);
        return {
          communityId,
          title,
          limits: measureCommunityLimits(policy, { ...facts, attempts, lifetime }, ctx.now),
        };
      }),
    };
  });

/** The last day's invites and every open one. */
const listCalls = async (
  tx: Tx,
  accountId: string,
  now: Date,
): Promise<(LedgerCall & { communityId: string })[]> => {
  const rows = await tx.execute<{ community_id: string; started_at: string; counted_at: string | null }>(sql`
    select community_id, started_at, counted_at from attempt
    where account_id = ${accountId} and counted_at > ${at(later(now, -DAY_MS - 1))}
    union all
    select community_id, started_at, null from attempt
    where account_id = ${accountId} and status in ('attempting', 'unknown')`);
  return rows.map((row) => ({
    communityId: row.community_id,
    startedAt: new Date(row.started_at),
    countedAt: row.counted_at === null ? null : new Date(row.counted_at),
  }));
};

const listPlaces = async (tx: Tx, accountId: string) =>
  tx.execute<{ communityId: string; title: string; lifetime: number }>(sql`
    select m.id as "communityId", coalesce(m.title, m.reference) as title, used.lifetime
    from (
      select community_id, count(*)::int as lifetime from attempt where account_id = ${accountId} group by community_id
    ) as used
    join community m on m.id = used.community_id
    order by title, m.id`);

const WEEK_MS = 7 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;

const countTroubles = async (tx: Tx, accountId: string, peerFloods: readonly Date[], now: Date) => {
  const since = at(later(now, -WEEK_MS));
  const [row] = await tx.execute<{ waits: number; unknown: number }>(sql`
    select
      (select count(*)::int from audit
        where at > ${since} and entity_id = ${accountId} and action = 'account.cooling'
          and after->>'error' <> 'KEY_MISSING') as waits,
      (select count(*)::int from attempt
        where account_id = ${accountId} and started_at > ${since} and unknown_error is not null) as unknown`);
  return {
    peerFloods: peerFloods.filter((flood) => flood > later(now, -MONTH_MS)).length,
    floodWaits: row?.waits ?? 0,
    unknownErrors: row?.unknown ?? 0,
  };
};
