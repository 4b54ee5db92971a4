import { and, eq, sql } from 'drizzle-orm';
import { type FailureReaction, reactToFailure } from '#core/account/reaction.ts';
import { joined } from '#core/campaign/outcome.ts';
import { settleByStanding } from '#core/campaign/reconcile.ts';
import { nextSlot } from '#core/pacing/next-slot.ts';
import type { Slot } from '#core/pacing/slot.ts';
import type { AttemptStatus } from '#core/statuses.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { applyAccountChange, pauseCampaignsWithoutAccounts } from './account-fate.ts';
import { finishIfDone, pauseIfRunning } from './campaign-state.ts';
import { appendAudit } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { type LaneAccount, listLaneCampaigns } from './lane-work.ts';
import { restLane, setSlot, wakeLanesOf } from './lanes.ts';
import { readLedger } from './ledger.ts';
import { appendEvent } from './outbox.ts';
import { learnAbout } from './people.ts';
import type { HashPerson } from './person-hash.ts';
import { policyInForce } from './policies.ts';
import { attempt, communityAccess, peerRef, target } from './schema/index.ts';

export type OpenAttempt = {
  attemptId: string;
  campaignId: string;
  targetId: string;
  personId: string;
  communityId: string;
};

/** Who and what an attempt is about, and whose it is. */
export const findAttempt = async (
  tx: Tx,
  attemptId: string,
): Promise<(Omit<OpenAttempt, 'attemptId'> & { accountId: string; leaseToken: number }) | undefined> => {
  const [row] = await tx
    .select({
      accountId: attempt.accountId,
      campaignId: attempt.campaignId,
      targetId: attempt.targetId,
      personId: attempt.personId,
      communityId: attempt.communityId,
      leaseToken: attempt.leaseToken,
    })
    .from(attempt)
    .where(eq(attempt.id, attemptId));
  return row;
};

/** How often attempts on this target came back for one reason; core's rules of retrying count them. */
export const countReturned = async (tx: Tx, targetId: string, reason: string): Promise<number> => {
  const [row] = await tx
    .select({ returned: sql<number>`count(*)::int` })
    .from(attempt)
    .where(and(eq(attempt.targetId, targetId), eq(attempt.status, 'returned'), eq(attempt.reason, reason)));
  return row?.returned ?? 0;
};

/** What a call's answer changes, by the error catalogue. */
export const judgeOutcome = async (
  tx: Tx,
  ctx: CommandContext,
  account: LaneAccount,
  open: OpenAttempt,
  outcome: InviteOutcome,
): Promise<FailureReaction> => {
  if (outcome.kind === 'joined') return joined;
  if (outcome.kind === 'standing') return settleByStanding(outcome.membership);
  const failure = outcome.kind === 'missing' ? outcome.why : outcome.failure;
  const reason = typeof failure === 'string' ? failure : failure.error;
  const sameFailures = await countReturned(tx, open.targetId, reason);
  const policy = await policyInForce(tx, ctx);
  return reactToFailure(failure, ctx.now, policy, { peerFloods: account.peerFloods, sameFailures });
};

/**
 * Applies everything an attempt's end means: its row, its target, what was learnt about the person, the account, the
 * campaign, the account's next slot, the events. The attempt moves only from one of `from`; false when it was settled
 * by somebody else, and then nothing has changed. The caller holds the account's lock.
 */
export const applyOutcome = async (
  tx: Tx,
  ctx: CommandContext,
  account: LaneAccount,
  open: OpenAttempt,
  reaction: FailureReaction,
  options: { from: readonly AttemptStatus[]; roll: number; hashPerson: HashPerson },
): Promise<{ isSettled: boolean; nextSlotAt: Date | null }> => {
  const { attemptId, campaignId, personId } = open;
  const moved = await tx.execute(sql`
    update attempt set
      status = ${reaction.attempt},
      reason = ${reaction.reason},
      counted_at = ${reaction.attempt === 'unknown' ? null : ctx.now.toISOString()}::timestamptz
    where id = ${attemptId}
      and status::text in (select json_array_elements_text(${JSON.stringify(options.from)}::json))
    returning 1`);
  if (moved.length === 0) return { isSettled: false, nextSlotAt: null };

  await settleTarget(tx, ctx, open, reaction);
  await learnAbout(tx, ctx, {
    personId,
    communityId: open.communityId,
    reaction,
    hashPerson: options.hashPerson,
  });
  if (reaction.dropsReference) {
    await tx.delete(peerRef).where(and(eq(peerRef.accountId, account.id), eq(peerRef.personId, personId)));
  }
  if (reaction.detachesAccount) await detach(tx, ctx, account.id, open.communityId);
  if (reaction.pausesCampaign) await pauseIfRunning(tx, ctx, campaignId, reaction.pausesCampaign);
  if (reaction.account) await applyAccountChange(tx, ctx, account.id, reaction.account);
  const slot = reaction.account ? null : await setNextSlot(tx, ctx, account, options.roll);
  if (reaction.attempt === 'returned')
    await wakeLanesOf(tx, campaignId, reaction.target.notBefore ?? ctx.now);

  await appendEvent(tx, ctx, { kind: 'campaign.progressed', payload: { campaignId } });
  await appendAudit(tx, ctx, {
    action: 'attempt.settled',
    entityId: attemptId,
    after: { status: reaction.attempt, reason: reaction.reason, target: reaction.target.status },
  });
  await finishIfDone(tx, ctx, campaignId);
  return { isSettled: true, nextSlotAt: slot?.at ?? null };
};

const settleTarget = async (
  tx: Tx,
  ctx: CommandContext,
  open: OpenAttempt,
  { target: change }: FailureReaction,
): Promise<void> => {
  const isOpen = change.status === 'pending' || change.status === 'waiting' || change.status === 'attempting';
  await tx
    .update(target)
    .set({ ...change, settledAt: isOpen ? null : ctx.now })
    .where(and(eq(target.id, open.targetId), eq(target.status, 'attempting')));
};

const detach = async (tx: Tx, ctx: CommandContext, accountId: string, communityId: string): Promise<void> => {
  await tx
    .update(communityAccess)
    .set({ mayInvite: false, checkedAt: ctx.now })
    .where(and(eq(communityAccess.accountId, accountId), eq(communityAccess.communityId, communityId)));
  await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
};

/** The earliest slot that the account has in any community it invites into; none when it invites nowhere. */
const setNextSlot = async (
  tx: Tx,
  ctx: CommandContext,
  account: LaneAccount,
  roll: number,
): Promise<Slot | null> => {
  const campaigns = await listLaneCampaigns(tx, account.id);
  const communityIds = [...new Set(campaigns.map((campaign) => campaign.communityId))];
  if (communityIds.length === 0) {
    await restLane(tx, account.id, ctx.now);
    return null;
  }
  const ledger = await readLedger(tx, account, communityIds, ctx.now);
  const policy = await policyInForce(tx, ctx);
  const slots = communityIds.map((id) => nextSlot(policy, ledger.windowOf(id), ctx.now, roll));
  const soonest = slots.reduce((a, b) => (a.at === null || (b.at !== null && b.at < a.at) ? b : a));
  await setSlot(tx, account.id, soonest);
  return soonest;
};
