import { type SQL, sql } from 'drizzle-orm';
import { BLOCKED_US, type BreakerKind, PRIVACY_REFUSALS } from '#core/breakers/breaker.ts';
import { later, SECOND_MS } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';

/** Where a breaker counts: a campaign, and the community it leads into. */
export type BreakerPlace = { campaignId: string; communityId: string };

const isAmong = (reasons: readonly string[]): SQL =>
  sql`reason in (select json_array_elements_text(${JSON.stringify(reasons)}::json))`;

/** The end of the last stop of this kind: what was seen before it has been judged by a person. */
const lastClosing = (kind: BreakerKind, { campaignId, communityId }: BreakerPlace): SQL => sql`
  coalesce((select max(closed_at) from breaker
    where community_id = ${communityId} and kind = ${kind}
      and (campaign_id is null or campaign_id = ${campaignId})), '-infinity')`;

/** A campaign's last attempts of which `isOfSample` holds, newest first. */
const sampleOf = (kind: BreakerKind, place: BreakerPlace, size: number, isOfSample: SQL): SQL => sql`
  select * from attempt
  where campaign_id = ${place.campaignId} and started_at > ${lastClosing(kind, place)} and ${isOfSample}
  order by started_at desc limit ${size}`;

/** What the ledger says against going on; each kind counts from its last closing. */
const counts: Record<BreakerKind, (place: BreakerPlace, policy: LimitPolicy, now: Date) => SQL> = {
  peer_floods: (place, policy, now) => sql`
    select count(distinct account_id)::int as counted from attempt
    where community_id = ${place.communityId} and reason = 'PEER_FLOOD'
      and counted_at > ${at(later(now, -policy.breakerPeerFloodWindowSeconds * SECOND_MS))}
      and started_at > ${lastClosing('peer_floods', place)}`,
  departures: (place, policy) => sql`
    select count(*) filter (where departure is not null or ${isAmong(BLOCKED_US)})::int as counted
    from (${sampleOf('departures', place, policy.breakerSampleSize, sql`(status = 'joined' or ${isAmong(BLOCKED_US)})`)}) as last`,
  privacy_refusals: (place, policy) => sql`
    select count(*) filter (where ${isAmong(PRIVACY_REFUSALS)})::int as counted
    from (${sampleOf('privacy_refusals', place, policy.breakerSampleSize, sql`status in ('joined', 'refused')`)}) as last`,
  unknown_errors: (place, policy) => sql`
    select count(*) filter (where unknown_error is not null)::int as counted
    from (${sampleOf('unknown_errors', place, policy.breakerUnknownErrors, sql`status <> 'attempting'`)}) as last`,
};

export const countForBreaker = async (
  tx: Tx,
  kind: BreakerKind,
  place: BreakerPlace,
  policy: LimitPolicy,
  now: Date,
): Promise<number> => {
  const [row] = await tx.execute<{ counted: number }>(counts[kind](place, policy, now));
  return row?.counted ?? 0;
};
