import { sql } from 'drizzle-orm';
import { DAY_MS, later } from '#core/duration.ts';
import type { LedgerWindow } from '#core/pacing/next-slot.ts';
import type { LedgerCall } from '#core/pacing/slot.ts';
import type { ChatRef, CommunityKind } from '#core/telegram/user-session.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';
import type { LaneAccount } from './lane-work.ts';
import { newestVersion } from './policies.ts';

/** One running campaign that the account may invite for. */
export type LaneCampaign = { campaignId: string; communityId: string; chat: ChatRef };

/** Everything a lane's decision is made from, beside its candidates; true only while the caller holds the lane's locks. */
export type LaneFacts = {
  /** The token is the account's newest; with `isRunning` its lease has not run out either. */
  lease: { isNewest: boolean; isRunning: boolean };
  /** By priority, then the one this lane has not served for longest, then the oldest. */
  campaigns: LaneCampaign[];
  /** Look-ups that the limits still count: the last day's and every open one. */
  lookups: LedgerCall[];
  isCollectedAcknowledged: boolean;
  /** False when nobody at all is suppressed in the workspace. */
  hasSuppressions: boolean;
  /** The newest limit policy; 0 before the first. */
  policyVersion: number;
  /**
   * What the limits of an invite into the community are read from: the last day's and all open invites of the account,
   * and of everybody into the community. With `settledAt` the account's one open invite counts as made then.
   */
  windowOf(account: LaneAccount, communityId: string, settledAt?: Date): LedgerWindow;
};

type CallRow = { place: string; own: boolean; from: number; till: number | null };
type CampaignRow = {
  campaignId: string;
  communityId: string;
  kind: CommunityKind;
  telegramId: string;
  accessHash: string;
};
type Row = {
  is_newest: boolean;
  is_running: boolean;
  is_acknowledged: boolean;
  has_suppressions: boolean;
  policy_version: number;
  campaigns: CampaignRow[];
  calls: CallRow[];
  lifetimes: { place: string; calls: number }[];
  lookups: Pick<CallRow, 'from' | 'till'>[];
};

/** Whole milliseconds since 1970: shorter on the wire and cheaper to read than a timestamp's text. */
const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);

/**
 * Reads it all in one statement. Open calls are asked for by their state, which has an index of its own: by a
 * `counted_at` that is null every attempt would be visited, because each was open once.
 */
export const readLaneFacts = async (
  tx: Tx,
  { accountId, leaseToken, now }: { accountId: string; leaseToken: number; now: Date },
): Promise<LaneFacts> => {
  const since = at(later(now, -DAY_MS - 1));
  const [row] = await tx.execute<Row>(sql`
    with mine as materialized (
      select c.id, c.priority, ca.served_at, c.created_at, m.id as place, m.kind, m.telegram_id, x.access_hash
      from campaign_account ca
      join campaign c on c.id = ca.campaign_id and c.status = 'running'
      join community m on m.id = c.community_id
      join community_access x on x.community_id = m.id and x.account_id = ca.account_id
      where ca.account_id = ${accountId} and x.may_invite and x.access_hash is not null and m.telegram_id is not null
    ), place as materialized (
      select distinct place as id from mine
    ), held as materialized (
      select until > clock_timestamp() as runs from lease
      where account_id = ${accountId} and token = ${leaseToken} and node_id is not null
    ), invite as (
      select community_id as place, true as own, ${ms('started_at')} as from, ${ms('counted_at')} as till from attempt
      where account_id = ${accountId} and counted_at > ${since}
      union all
      select community_id, true, ${ms('started_at')}, null from attempt
      where account_id = ${accountId} and status in ('attempting', 'unknown')
      union all
      select community_id, false, ${ms('started_at')}, ${ms('counted_at')} from attempt
      where community_id in (select id from place) and account_id <> ${accountId} and counted_at > ${since}
      union all
      select community_id, false, ${ms('started_at')}, null from attempt
      where community_id in (select id from place) and account_id <> ${accountId}
        and status in ('attempting', 'unknown')
    )
    select
      exists (select from lease where account_id = ${accountId} and token = ${leaseToken}) as is_newest,
      exists (select from held where runs) as is_running,
      (select collected_acknowledged_at is not null from workspace) as is_acknowledged,
      exists (select from never_contact) as has_suppressions,
      (${newestVersion()}) as policy_version,
      (select coalesce(json_agg(json_build_object(
          'campaignId', id, 'communityId', place, 'kind', kind, 'telegramId', telegram_id::text,
          'accessHash', access_hash::text) order by priority, served_at nulls first, created_at, id), '[]')
        from mine) as campaigns,
      (select coalesce(json_agg(invite), '[]') from invite) as calls,
      (select coalesce(json_agg(json_build_object('place', place.id, 'calls', (
          select count(*) from attempt where account_id = ${accountId} and community_id = place.id))), '[]')
        from place) as lifetimes,
      (select coalesce(json_agg(json_build_object('from', ${ms('started_at')}, 'till', ${ms('counted_at')})), '[]')
        from lookup where account_id = ${accountId} and (counted_at is null or counted_at > ${since})) as lookups`);
  if (!row) throw new Error('a select without tables gave no row');
  return {
    lease: { isNewest: row.is_newest, isRunning: row.is_running },
    campaigns: row.campaigns.map(({ campaignId, communityId, ...chat }) => ({
      campaignId,
      communityId,
      chat,
    })),
    lookups: row.lookups.map(toCall),
    isCollectedAcknowledged: row.is_acknowledged,
    hasSuppressions: row.has_suppressions,
    policyVersion: row.policy_version,
    windowOf: (account, communityId, settledAt) => windowOf(row, account, communityId, settledAt),
  };
};

const toCall = ({ from, till }: Pick<CallRow, 'from' | 'till'>): LedgerCall => ({
  startedAt: new Date(from),
  countedAt: till === null ? null : new Date(till),
});

function windowOf(row: Row, account: LaneAccount, communityId: string, settledAt?: Date): LedgerWindow {
  const calls = row.calls.map((call) => {
    const { startedAt, countedAt } = toCall(call);
    const isOpenOwn = call.own && countedAt === null;
    return {
      isOwn: call.own,
      communityId: call.place,
      startedAt,
      countedAt: isOpenOwn && settledAt ? settledAt : countedAt,
    };
  });
  return {
    connectedAt: account.connectedAt,
    peerFloods: account.peerFloods,
    resumedAt: account.resumedAt,
    communityId,
    attempts: calls.filter((call) => call.isOwn),
    communityAttempts: calls.filter((call) => call.communityId === communityId),
    lifetimeInCommunity: row.lifetimes.find(({ place }) => place === communityId)?.calls ?? 0,
  };
}
