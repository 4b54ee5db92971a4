import { sql } from 'drizzle-orm';
import { DAY_MS, later } from '#core/duration.ts';
import type { LedgerWindow } from '#core/pacing/next-slot.ts';
import type { LedgerCall } from '#core/pacing/slot.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';

/** What every limit of an account is read from; ask for the window of one community at a time. */
export type Ledger = { windowOf(communityId: string): LedgerWindow };

type LedgerAccount = { id: string; connectedAt: Date; peerFloods: readonly Date[] };
type CallRow = { community_id: string; is_own: boolean; started_at: string; counted_at: string | null };

/**
 * Reads the last day's and all open invites of the account and of everybody into the communities. What is decided by
 * it holds only while the caller has the account and the communities locked.
 */
export const readLedger = async (
  tx: Tx,
  account: LedgerAccount,
  communityIds: readonly string[],
  now: Date,
): Promise<Ledger> => {
  const since = at(later(now, -DAY_MS - 1));
  const communities = sql`(
    select value::uuid from json_array_elements_text(${JSON.stringify(communityIds)}::json) as asked(value))`;
  const calls = await tx.execute<CallRow>(sql`
    select community_id, true as is_own, started_at, counted_at from attempt
    where account_id = ${account.id} and (counted_at > ${since} or counted_at is null)
    union all
    select community_id, false, started_at, counted_at from attempt
    where community_id in ${communities} and account_id <> ${account.id}
      and (counted_at > ${since} or counted_at is null)`);
  const lifetimes = await tx.execute<{ community_id: string; calls: number }>(sql`
    select community_id, count(*)::int as calls from attempt
    where account_id = ${account.id} and community_id in ${communities}
    group by community_id`);
  const all = calls.map(toCall);
  const attempts = all.filter((call) => call.isOwn);
  const lifetimeOf = new Map(lifetimes.map((row) => [row.community_id, row.calls]));
  return {
    windowOf: (communityId) => ({
      connectedAt: account.connectedAt,
      peerFloods: account.peerFloods,
      communityId,
      attempts,
      communityAttempts: all.filter((call) => call.communityId === communityId),
      lifetimeInCommunity: lifetimeOf.get(communityId) ?? 0,
    }),
  };
};

const toCall = (row: CallRow): LedgerCall & { communityId: string; isOwn: boolean } => ({
  communityId: row.community_id,
  isOwn: row.is_own,
  startedAt: new Date(row.started_at),
  countedAt: row.counted_at === null ? null : new Date(row.counted_at),
});
