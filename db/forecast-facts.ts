import { sql } from 'drizzle-orm';
import { DAY_MS, later } from '#core/duration.ts';
import type { ForecastAccount } from '#core/forecast/forecast.ts';
import type { TargetGroup } from '#core/forecast/target-pool.ts';
import type { LedgerCall } from '#core/pacing/slot.ts';
import type { AccountStatus, CampaignStatus } from '#core/statuses.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';
import { canBeLookedUp, invitersOf } from './reach.ts';

/** Whole milliseconds since 1970, so that all of an account's calls fit into one value of JSON. */
const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);

type Call = { place: string; from: number; till: number | null };
type AccountRow = {
  id: string;
  status: AccountStatus;
  recovers_ms: string | null;
  connected_ms: string;
  floods: number[];
  resumed_ms: string | null;
  paused_ms: string | null;
  lifetime: number;
  attempts: Call[];
  lookups: Omit<Call, 'place'>[];
};

const toDate = (value: string | number): Date => new Date(Number(value));
const toCall = ({ from, till }: Omit<Call, 'place'>): LedgerCall => ({
  startedAt: toDate(from),
  countedAt: till === null ? null : toDate(till),
});

/** The accounts that invite for the campaign now or will, each with what its limits are read from; one statement. */
export const readForecastAccounts = async (
  tx: Tx,
  { campaignId, communityId, now }: { campaignId: string; communityId: string; now: Date },
): Promise<ForecastAccount[]> => {
  const since = at(later(now, -DAY_MS - 1));
  const rows = await tx.execute<AccountRow>(sql`
    with inviter as materialized (${invitersOf(sql`${campaignId}::uuid`)}),
    call as (
      select account_id, community_id as place, ${ms('started_at')} as from, ${ms('counted_at')} as till
      from attempt where account_id in (select account_id from inviter) and counted_at > ${since}
      union all
      select account_id, community_id, ${ms('started_at')}, null
      from attempt where account_id in (select account_id from inviter) and status in ('attempting', 'unknown')
    ), asked as (
      select account_id, ${ms('started_at')} as from, ${ms('counted_at')} as till
      from lookup where account_id in (select account_id from inviter) and (counted_at is null or counted_at > ${since})
    ), lifetime as (
      select account_id, count(*)::int as calls
      from attempt where account_id in (select account_id from inviter) and community_id = ${communityId}
      group by account_id
    ), calls as (
      select account_id, json_agg(json_build_object('place', place, 'from', call.from, 'till', till)) as list
      from call group by account_id
    ), lookups as (
      select account_id, json_agg(json_build_object('from', asked.from, 'till', till)) as list
      from asked group by account_id
    )
    select a.id, a.status, ${ms('a.recovers_at')} as recovers_ms, ${ms('a.connected_at')} as connected_ms,
      (select coalesce(json_agg(${ms('flood')}), '[]') from unnest(a.peer_floods) as flood) as floods,
      ${ms('a.resumed_at')} as resumed_ms,
      case when a.next_slot_because = 'pause' then ${ms('a.next_slot_at')} end as paused_ms,
      coalesce(lifetime.calls, 0) as lifetime,
      coalesce(calls.list, '[]') as attempts,
      coalesce(lookups.list, '[]') as lookups
    from inviter
    join account a on a.id = inviter.account_id
    left join lifetime on lifetime.account_id = a.id
    left join calls on calls.account_id = a.id
    left join lookups on lookups.account_id = a.id
    order by a.connected_at, a.id`);
  return rows.map((row) => ({
    accountId: row.id,
    status: row.status,
    recoversAt: row.recovers_ms === null ? null : toDate(row.recovers_ms),
    connectedAt: toDate(row.connected_ms),
    peerFloods: row.floods.map(toDate),
    resumedAt: row.resumed_ms === null ? null : toDate(row.resumed_ms),
    attempts: row.attempts.map((call) => ({ ...toCall(call), communityId: call.place })),
    lifetimeInCommunity: row.lifetime,
    lookups: row.lookups.map(toCall),
    pausedUntil: row.paused_ms === null ? null : toDate(row.paused_ms),
  }));
};

/** Invites into the community by anybody that its limit still counts. */
export const readCommunityAttempts = async (
  tx: Tx,
  { communityId, now }: { communityId: string; now: Date },
): Promise<Pick<LedgerCall, 'countedAt'>[]> => {
  const rows = await tx.execute<{ till: string | null }>(sql`
    select ${ms('counted_at')} as till from attempt
    where community_id = ${communityId} and counted_at > ${at(later(now, -DAY_MS - 1))}
    union all
    select null from attempt where community_id = ${communityId} and status in ('attempting', 'unknown')`);
  return rows.map(({ till }) => ({ countedAt: till === null ? null : toDate(till) }));
};

type GroupRow = {
  count: number;
  reached_by: string[] | null;
  can_be_looked_up: boolean;
  not_before_ms: string | null;
};

/**
 * The people a campaign would still call, grouped by which of the accounts reach them: its open targets, or its audience
 * when it has not begun. Left out are those whom a lane would end without a call, as far as rows can tell.
 */
export const readForecastTargets = async (
  tx: Tx,
  campaign: { campaignId: string; communityId: string; audienceId: string; status: CampaignStatus },
  accounts: readonly ForecastAccount[],
): Promise<TargetGroup[]> => {
  const { campaignId, communityId, audienceId, status } = campaign;
  const hasBegun = status === 'running' || status === 'paused';
  const open = hasBegun
    ? sql`
        select person_id, not_before from target
        where campaign_id = ${campaignId} and status in ('pending', 'waiting')
          and (basis <> 'collected' or (select collected_acknowledged_at is not null from workspace))`
    : sql`select person_id, null::timestamptz as not_before from audience_member where audience_id = ${audienceId}`;
  const place = new Map(accounts.map(({ accountId }, index) => [accountId, index]));
  const rows = await tx.execute<GroupRow>(sql`
    with open as materialized (${open}),
    reach as (
      select r.person_id, array_agg(r.account_id::text order by r.account_id) as accounts
      from peer_ref r
      where r.person_id in (select person_id from open)
        and r.account_id::text in (select json_array_elements_text(${JSON.stringify([...place.keys()])}::json))
      group by r.person_id
    )
    select count(*)::int as count, to_json(reach.accounts) as reached_by, ${canBeLookedUp} as can_be_looked_up,
      ${ms('open.not_before')} as not_before_ms
    from open
    join person p on p.id = open.person_id
    left join reach on reach.person_id = p.id
    where not p.is_bot and not p.is_deleted and not p.refuses_direct_add
      and p.id not in (
        select person_id from attempt where community_id = ${communityId} and status <> 'returned')
      and p.id not in (
        select s.person_id from parse_task k join sighting s on s.parse_task_id = k.id
        where k.community_id = ${communityId} and k.source = 'members')
    group by reach.accounts, 3, 4`);
  return rows.map((row) => ({
    count: row.count,
    reachedBy: (row.reached_by ?? []).flatMap((id) => place.get(id) ?? []),
    canBeLookedUp: row.can_be_looked_up,
    notBefore: row.not_before_ms === null ? null : toDate(row.not_before_ms),
  }));
};
