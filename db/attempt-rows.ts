import { type SQL, sql } from 'drizzle-orm';
import type { Attempt } from '#core/campaign/next-attempt.ts';
import type { AttemptOutcome } from '#core/campaign/outcome.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import type { Slot } from '#core/pacing/slot.ts';
import type { AttemptStatus } from '#core/statuses.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import type { LaneCampaign } from './lane-facts.ts';

/** Takes the target for this transaction; false when another one is changing it or has. */
export const lockTarget = async (tx: Tx, targetId: string): Promise<boolean> => {
  const rows = await tx.execute(sql`
    select 1 from target where id = ${targetId} and status in ('pending', 'waiting') for update skip locked`);
  return rows.length > 0;
};

/**
 * Writes an attempt down: its row, its target, the lane's turn, the account's slot while the call is open, the audit. Two
 * statements, the last of their transaction: the community is locked, if it is not yet, and its day and the person are
 * looked at again under the lock. The second answers the attempt's id; or no row, with nothing changed, when the
 * community has no room left, the person was called by another campaign, or another transaction is changing the target
 * or has. The deadline is infrastructure time.
 */
export const openAttempt = (
  ctx: CommandContext,
  call: {
    accountId: string;
    leaseToken: number;
    campaign: LaneCampaign;
    decision: Attempt;
    policy: LimitPolicy;
    deadlineMs: number;
  },
): SQL[] => {
  const { accountId, campaign, decision, policy } = call;
  const { campaignId, communityId } = campaign;
  const { at: slotAt, because } = decision.thereafter;
  const since = at(later(ctx.now, -DAY_MS - 1));
  const locked = sql`select id from community where id = ${communityId} for no key update`;
  const opened = sql`
    with room as (
      select from community
      where id = ${communityId}
        and (select count(*) from attempt where community_id = ${communityId} and counted_at > ${since})
          + (select count(*) from attempt
            where community_id = ${communityId} and status in ('attempting', 'unknown'))
          < ${policy.invitesPerCommunityDay}
        and (select true from attempt
          where community_id = ${communityId} and person_id = ${decision.personId} and status <> 'returned'
          limit 1) is null
    ), free as (
      select id from target
      where id = ${decision.targetId} and status in ('pending', 'waiting') and exists (select from room)
      for update skip locked
    ), taken as (
      update target set status = 'attempting', reason = null, not_before = null from free where target.id = free.id
      returning target.id
    ), served as (
      update campaign_account set served_at = ${at(ctx.now)} from taken
      where campaign_id = ${campaignId} and account_id = ${accountId}
    ), paced as (
      update account set
        next_slot_at = case when status = 'active' then ${slotAt?.toISOString() ?? null}::timestamptz end,
        next_slot_because = ${because},
        used_at = ${at(ctx.now)}
      from taken where account.id = ${accountId}
    ), opened as (
      insert into attempt (
        workspace_id, campaign_id, target_id, person_id, account_id, community_id, lease_token, status, started_at,
        deadline_at)
      select ${ctx.workspaceId}::uuid, ${campaignId}::uuid, taken.id, ${decision.personId}::uuid, ${accountId}::uuid,
        ${communityId}::uuid, ${call.leaseToken}::bigint, 'attempting', ${at(ctx.now)},
        clock_timestamp() + ${call.deadlineMs} * interval '1 millisecond'
      from taken
      returning id, target_id
    ), audited as (
      insert into audit (workspace_id, actor, action, entity_id, after, at)
      select ${ctx.workspaceId}::uuid, ${JSON.stringify(ctx.actor)}::jsonb, 'attempt.reserved', id,
        jsonb_build_object('accountId', ${accountId}::text, 'campaignId', ${campaignId}::text, 'targetId', target_id),
        ${at(ctx.now)}
      from opened
    )
    select id from opened`;
  return [locked, opened];
};

/** So many pending targets do not all end within one commit. */
const farFromDone = 64;

/** So long after somebody joined it is looked whether they stayed. */
const reviewAfterMs = DAY_MS;

/** An attempt's end as its own rows show it. */
type Settlement = {
  attemptId: string;
  targetId: string;
  campaignId: string;
  accountId: string;
  from: readonly AttemptStatus[];
  outcome: Pick<AttemptOutcome, 'attempt' | 'reason' | 'target' | 'unknownError'>;
  /** The account's next slot; undefined leaves it as it stands. */
  slot: Slot | undefined;
};

/**
 * Writes an attempt's end down in one statement: its row where it still is in one of `from`, its target, the account's
 * slot, the event and the audit. `isSettled` is false, with nothing changed, when somebody else has settled it. An outcome
 * that stays unknown is not counted yet. `isFarFromDone` says that more targets are pending than could end while this
 * transaction commits, so that nobody needs to ask whether the campaign is finished.
 */
export const closeAttempt = async (
  tx: Tx,
  ctx: CommandContext,
  end: Settlement,
): Promise<{ isSettled: boolean; isFarFromDone: boolean }> => {
  const { outcome, slot } = end;
  const { status, reason, notBefore } = outcome.target;
  const reviewAt = outcome.attempt === 'joined' ? later(ctx.now, reviewAfterMs) : undefined;
  const isOpen = status === 'pending' || status === 'waiting' || status === 'attempting';
  const [row] = await tx.execute<{ is_far: boolean }>(sql`
    with moved as (
      update attempt set
        status = ${outcome.attempt},
        reason = ${outcome.reason},
        counted_at = ${outcome.attempt === 'unknown' ? null : ctx.now.toISOString()}::timestamptz,
        unknown_error = coalesce(${outcome.unknownError ?? null}, unknown_error),
        review_at = ${reviewAt?.toISOString() ?? null}::timestamptz
      where id = ${end.attemptId}
        and status::text in (select json_array_elements_text(${JSON.stringify(end.from)}::json))
      returning id
    ), shown as (
      update target set
        status = ${status},
        reason = ${reason},
        not_before = ${notBefore?.toISOString() ?? null}::timestamptz,
        settled_at = ${isOpen ? null : ctx.now.toISOString()}::timestamptz
      from moved where target.id = ${end.targetId} and target.status = 'attempting'
    ), paced as (
      update account set
        next_slot_at = case when status = 'active' then ${slot?.at?.toISOString() ?? null}::timestamptz end,
        next_slot_because = ${slot?.because ?? null}
      from moved where account.id = ${end.accountId} and ${slot !== undefined}::boolean
    ), told as (
      insert into outbox (workspace_id, kind, payload, at)
      select ${ctx.workspaceId}::uuid, 'campaign.progressed',
        jsonb_build_object('campaignId', ${end.campaignId}::text), ${at(ctx.now)}
      from moved
    ), audited as (
      insert into audit (workspace_id, actor, action, entity_id, after, at)
      select ${ctx.workspaceId}::uuid, ${JSON.stringify(ctx.actor)}::jsonb, 'attempt.settled', id,
        jsonb_build_object('status', ${outcome.attempt}::text, 'reason', ${outcome.reason}::text,
          'target', ${status}::text),
        ${at(ctx.now)}
      from moved
    )
    select (
      select position from target where campaign_id = ${end.campaignId} and status = 'pending'
      order by position offset ${farFromDone} limit 1) is not null as is_far
    from moved`);
  return { isSettled: row !== undefined, isFarFromDone: row?.is_far ?? false };
};

/**
 * The person waits in every campaign of the community that would try them next, for the same reason as in the one that
 * asked. Targets that another transaction is changing are passed over: `listCandidates` does not offer them either.
 */
export const waitInTwins = async (
  tx: Tx,
  wait: { personId: string; communityId: string; reason: string | null; notBefore: Date },
): Promise<void> => {
  await tx.execute(sql`
    update target set status = 'waiting', reason = ${wait.reason}, not_before = ${at(wait.notBefore)}
    where id in (
      select other.id from campaign twin
      join target other on other.campaign_id = twin.id and other.person_id = ${wait.personId}
      where twin.community_id = ${wait.communityId} and other.status = 'pending'
      for update of other skip locked)`);
};
