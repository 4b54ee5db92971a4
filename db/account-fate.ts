import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import {
  type AccountChange,
  recoversByItself,
  type Standing,
  standingAfter,
} from '#core/account/standing.ts';
import type { PauseRule } from '#core/campaign/target-rules.ts';
import type { UsherEvent } from '#core/events.ts';
import { readStanding, saveStanding, wantAccess } from './accounts.ts';
import { allocateAccount } from './allocation.ts';
import { finishIfDone, pauseIfRunning } from './campaign-state.ts';
import { appendAudit, at } from './command.ts';
import { moveSearches } from './community-searches.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { handTasksOver } from './parse-handover.ts';
import { policyInForce } from './policies.ts';
import { invitersOf, lastingInvitersOf } from './reach.ts';
import { account, community, communityAccess } from './schema/index.ts';

/**
 * Applies what a failure did to an account: its standing and the row that brings it back, the parse tasks it can no
 * longer read, the attempts it can no longer settle, and the campaigns that have nobody left to invite. A wait never
 * shortens one that stands. The caller holds the account's lock.
 */
export const applyAccountChange = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  change: AccountChange,
): Promise<void> => {
  if (change.error === 'PEER_FLOOD') {
    await tx
      .update(account)
      .set({ peerFloods: sql`array_append(peer_floods, ${at(ctx.now)})` })
      .where(eq(account.id, accountId));
  }
  const before = await readStanding(tx, accountId);
  const after = standingAfter(before, change);
  const isLonger = after.recoversAt?.getTime() !== before.recoversAt?.getTime();
  const { status } = after;
  const isNews = status !== before.status || (isLonger && (status === 'cooling' || status === 'blocked'));
  if (isNews) await moveAccount(tx, ctx, accountId, { before, after, error: change.error });
  else await saveStanding(tx, accountId, after);
};

/**
 * Gives an account another standing that keeps it from work, and moves everything that depends on it. `event` is told
 * instead of the one that is named after the status. The caller holds the account's lock.
 */
export const moveAccount = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  move: { before: Standing; after: Standing; error?: string; event?: UsherEvent },
): Promise<void> => {
  const { before, after, error } = move;
  const { status } = after;
  await saveStanding(tx, accountId, after);
  const isFrozen = status === 'frozen' && before.status !== 'frozen';
  await tx
    .update(account)
    .set({ nextSlotAt: null, nextSlotBecause: status, ...(isFrozen && { freezeCheckAt: ctx.now }) })
    .where(eq(account.id, accountId));
  const event = move.event ?? eventOf(accountId, after);
  await appendEvent(tx, ctx, event);
  await appendAudit(tx, ctx, {
    action: move.event ? event.kind : `account.${status}`,
    entityId: accountId,
    before: { status: before.status },
    after: { error, recoversAt: after.recoversAt, wantsPerson: after.wantsPerson },
  });
  await handTasksOver(tx, ctx, accountId, after, error ?? status);
  await moveChecks(tx, ctx, accountId);
  await moveSearches(tx, ctx, accountId);
  if (recoversByItself(after)) return;
  if (after.status !== 'blocked' && after.status !== 'cooling') await endOpenAttempts(tx, ctx, accountId);
  await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
};

/** Nobody can look for an account that is gone: its open attempts end visibly, and keep their place in the limits. */
const endOpenAttempts = async (tx: Tx, ctx: CommandContext, accountId: string): Promise<void> => {
  const ended = await tx.execute<{ campaign_id: string }>(sql`
    with ended as (
      update attempt set status = 'refused', reason = 'outcome_unknown', counted_at = ${at(ctx.now)}
      where account_id = ${accountId} and status in ('attempting', 'unknown')
      returning id, campaign_id, target_id
    ), shown as (
      update target set status = 'refused', reason = 'outcome_unknown', settled_at = ${at(ctx.now)}
      from ended where target.id = ended.target_id
    )
    select distinct campaign_id from ended order by campaign_id`);
  for (const { campaign_id: campaignId } of ended) await finishIfDone(tx, ctx, campaignId);
};

const eventOf = (accountId: string, { status, statusError, recoversAt }: Standing): UsherEvent => {
  const error = statusError ?? 'unknown';
  switch (status) {
    case 'cooling':
    case 'blocked': {
      const until = (recoversAt ?? new Date(0)).toISOString();
      return { kind: `account.${status}`, payload: { accountId, until, error } };
    }
    case 'frozen':
      return { kind: 'account.frozen', payload: { accountId, error, until: null, appealUrl: null } };
    case 'disabled':
      return { kind: 'account.disabled', payload: { accountId } };
    case 'banned':
      return { kind: 'account.banned', payload: { accountId, error } };
    default:
      return { kind: 'account.signed_out', payload: { accountId, error } };
  }
};

/** A community that only this account was going to read is read by another one. */
const moveChecks = async (tx: Tx, ctx: CommandContext, accountId: string): Promise<void> => {
  const unread = await tx
    .select({ communityId: community.id })
    .from(communityAccess)
    .innerJoin(community, eq(community.id, communityAccess.communityId))
    .where(
      and(
        eq(communityAccess.accountId, accountId),
        isNotNull(communityAccess.checkAt),
        isNull(community.checkedAt),
      ),
    );
  const nextId = unread.length > 0 ? await allocateAccount(tx, ctx, { without: accountId }) : undefined;
  if (!nextId) return;
  const { workspaceId, now } = ctx;
  for (const { communityId } of unread)
    await wantAccess(tx, { workspaceId, accountId: nextId, communityId, now });
};

/** Pauses each running campaign of the account that has no inviting account left, or none with an invite left to make. */
export const pauseCampaignsWithoutAccounts = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
): Promise<void> => {
  const policy = await policyInForce(tx, ctx);
  const stranded = await tx.execute<{ id: string; because: PauseRule }>(sql`
    select campaign.id,
      case when exists (${invitersOf(sql`campaign.id`)}) then 'lifetime_used_up' else 'no_inviting_account' end as because
    from campaign join campaign_account mine on mine.campaign_id = campaign.id
    where mine.account_id = ${accountId} and campaign.status = 'running'
      and not exists (${lastingInvitersOf(sql`campaign.id`, policy)})
    order by campaign.id`);
  for (const { id, because } of stranded) await pauseIfRunning(tx, ctx, id, because);
};
