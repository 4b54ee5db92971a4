import { and, eq, sql } from 'drizzle-orm';
import { type FailureReaction, reactToFailure } from '#core/account/reaction.ts';
import { breakersTouchedBy } from '#core/breakers/breaker.ts';
import { joined } from '#core/campaign/outcome.ts';
import { settleByStanding } from '#core/campaign/reconcile.ts';
import { nextSlot } from '#core/pacing/next-slot.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import type { Slot } from '#core/pacing/slot.ts';
import { Refused } from '#core/refusals.ts';
import type { AttemptStatus } from '#core/statuses.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { applyAccountChange, pauseCampaignsWithoutAccounts } from './account-fate.ts';
import { closeAttempt, waitInTwins } from './attempt-rows.ts';
import { judgeBreakers } from './breakers.ts';
import { finishIfDone, pauseIfRunning } from './campaign-state.ts';
import type { CommandContext, Tx } from './context.ts';
import { type LaneFacts, readLaneFacts } from './lane-facts.ts';
import { type LaneAccount, laneAccountColumns } from './lane-work.ts';
import { restLane, wakeLanesOf } from './lanes.ts';
import { learnAbout } from './people.ts';
import type { HashPerson } from './person-hash.ts';
import { policyOf } from './policies.ts';
import { account, attempt, campaign, communityAccess, peerRef, person } from './schema/index.ts';

/** Who and what an attempt is about, whose it is, and under which lease it was made. */
export type OpenAttempt = {
  attemptId: string;
  accountId: string;
  campaignId: string;
  targetId: string;
  personId: string;
  communityId: string;
  leaseToken: number;
};

/** Locks the attempt's account, and says what the attempt is about. */
const lockAttempt = async (
  tx: Tx,
  { attemptId, accountId }: { attemptId: string; accountId: string },
): Promise<{ open: OpenAttempt; account: LaneAccount } | undefined> => {
  const [row] = await tx
    .select({
      open: {
        attemptId: attempt.id,
        accountId: attempt.accountId,
        campaignId: attempt.campaignId,
        targetId: attempt.targetId,
        personId: attempt.personId,
        communityId: attempt.communityId,
        leaseToken: attempt.leaseToken,
      },
      account: laneAccountColumns,
    })
    .from(attempt)
    .innerJoin(account, eq(account.id, attempt.accountId))
    .where(and(eq(attempt.id, attemptId), eq(attempt.accountId, accountId)))
    .for('no key update', { of: account });
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

/** An attempt and what its end is judged by; read under the account's lock. */
export type SettlementFacts = {
  open: OpenAttempt;
  account: LaneAccount;
  lane: LaneFacts;
  policy: LimitPolicy;
};

/**
 * Refuses with `conflict` when the account has no such attempt, or when the lease is not the account's newest: whoever holds an
 * older one was replaced. One that ran out and was taken by nobody is enough, because the result it brings is true.
 */
export const readSettlementFacts = async (
  tx: Tx,
  ctx: CommandContext,
  held: { attemptId: string; accountId: string; leaseToken: number },
): Promise<SettlementFacts> => {
  const [locked, lane] = await Promise.all([
    lockAttempt(tx, held),
    readLaneFacts(tx, { ...held, now: ctx.now }),
  ]);
  if (!locked || !lane.lease.isNewest) throw new Refused('conflict');
  const policy = await policyOf(tx, ctx, lane.policyVersion);
  return { ...locked, lane, policy };
};

/** What a call's answer changes, by the error catalogue. */
export const judgeOutcome = async (
  tx: Tx,
  ctx: CommandContext,
  { open, account, policy }: SettlementFacts,
  outcome: InviteOutcome,
): Promise<FailureReaction> => {
  if (outcome.kind === 'joined') return joined;
  if (outcome.kind === 'standing') return settleByStanding(outcome.membership);
  const failure = outcome.kind === 'missing' ? outcome.why : outcome.failure;
  const reason = typeof failure === 'string' ? failure : failure.error;
  const sameFailures = await countReturned(tx, open.targetId, reason);
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
  facts: SettlementFacts,
  judged: FailureReaction,
  options: { from: readonly AttemptStatus[]; roll: number; hashPerson: HashPerson },
): Promise<{ isSettled: boolean; nextSlotAt: Date | null }> => {
  const reaction = await unlessOver(tx, facts.open, judged);
  const { attemptId, targetId, campaignId, communityId, personId, accountId } = facts.open;
  const slot = reaction.account ? undefined : slotAfter(ctx, facts, reaction, options.roll);
  const { isSettled, isFarFromDone } = await closeAttempt(tx, ctx, {
    attemptId,
    targetId,
    campaignId,
    accountId,
    from: options.from,
    outcome: reaction,
    slot,
  });
  if (!isSettled) return { isSettled, nextSlotAt: null };

  await learnAbout(tx, ctx, { personId, communityId, reaction, hashPerson: options.hashPerson });
  if (reaction.dropsReference) {
    await tx.delete(peerRef).where(and(eq(peerRef.accountId, accountId), eq(peerRef.personId, personId)));
  }
  const lifetime = facts.lane.windowOf(facts.account, communityId).lifetimeInCommunity;
  if (lifetime >= facts.policy.invitesPerAccountCommunityLifetime) {
    await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
  }
  if (reaction.detachesAccount) await detach(tx, ctx, accountId, communityId);
  if (reaction.pausesCampaign) await pauseIfRunning(tx, ctx, campaignId, reaction.pausesCampaign);
  if (reaction.account) await applyAccountChange(tx, ctx, accountId, reaction.account);
  await judgeBreakers(tx, ctx, breakersTouchedBy(reaction), facts.open, facts.policy);
  if (!reaction.account && !slot) await restLane(tx, accountId, ctx.now);
  const { reason, notBefore } = reaction.target;
  if (notBefore) await waitInTwins(tx, { personId, communityId, reason, notBefore });
  if (reaction.attempt === 'returned')
    await wakeLanesOf(tx, campaignId, reaction.target.notBefore ?? ctx.now);
  if (!isFarFromDone) await finishIfDone(tx, ctx, campaignId);
  return { isSettled, nextSlotAt: slot?.at ?? null };
};

/**
 * Nobody is tried again in a campaign that was cancelled meanwhile, nor whose data was erased meanwhile. The campaign's
 * row is locked where somebody would be, so that whoever cancels it finds them.
 */
const unlessOver = async (
  tx: Tx,
  { campaignId, personId }: OpenAttempt,
  reaction: FailureReaction,
): Promise<FailureReaction> => {
  const { status } = reaction.target;
  if (status !== 'pending' && status !== 'waiting') return reaction;
  const [row] = await tx
    .select({ status: campaign.status })
    .from(campaign)
    .where(eq(campaign.id, campaignId))
    .for('no key update');
  const [known] = await tx.select({ erasedAt: person.erasedAt }).from(person).where(eq(person.id, personId));
  if (known?.erasedAt) {
    return { ...reaction, target: { status: 'suppressed', reason: 'suppressed', notBefore: null } };
  }
  if (row?.status !== 'cancelled') return reaction;
  return {
    ...reaction,
    target: { status: 'unreachable', reason: 'campaign_cancelled', notBefore: null },
  };
};

const detach = async (tx: Tx, ctx: CommandContext, accountId: string, communityId: string): Promise<void> => {
  await tx
    .update(communityAccess)
    .set({
      ...{ mayInvite: false, checkedAt: ctx.now },
      adminRights: sql`array_remove(${communityAccess.adminRights}, 'invite_users')`,
    })
    .where(and(eq(communityAccess.accountId, accountId), eq(communityAccess.communityId, communityId)));
  await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
};

/**
 * The earliest slot that the account has in any community it still invites into, with this attempt counted as made now
 * unless it stays unknown; undefined when it invites nowhere.
 */
const slotAfter = (
  ctx: CommandContext,
  { open, account, lane, policy }: SettlementFacts,
  reaction: FailureReaction,
  roll: number,
): Slot | undefined => {
  const ongoing = lane.campaigns.filter(
    ({ campaignId, communityId }) =>
      !(reaction.detachesAccount && communityId === open.communityId) &&
      !(reaction.pausesCampaign && campaignId === open.campaignId),
  );
  const settledAt = reaction.attempt === 'unknown' ? undefined : ctx.now;
  const slots = [...new Set(ongoing.map((campaign) => campaign.communityId))].map((id) =>
    nextSlot(policy, lane.windowOf(account, id, settledAt), ctx.now, roll),
  );
  return slots.length === 0
    ? undefined
    : slots.reduce((a, b) => (a.at === null || (b.at !== null && b.at < a.at) ? b : a));
};
