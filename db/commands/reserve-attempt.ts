import type { Attempt, LookUp, Stop, Wait, WaitReason } from '#core/campaign/next-attempt.ts';
import { later } from '#core/duration.ts';
import type { ChatRef, PersonRef } from '#core/telegram/user-session.ts';
import { lockTarget, openAttempt } from '../attempt-rows.ts';
import type { Reachable } from '../candidates.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { decideLane } from '../lane-decision.ts';
import { type LaneCampaign, readLaneFacts } from '../lane-facts.ts';
import { lockLane } from '../lane-work.ts';
import { lookAgainMs, restLane, setSlot } from '../lanes.ts';
import { openLookup } from '../lookups.ts';
import type { HashPerson } from '../person-hash.ts';
import { policyOf } from '../policies.ts';
import { lockSuppressions } from '../suppressions.ts';

export type ReserveAttemptInput = {
  accountId: string;
  nodeId: string;
  leaseToken: number;
  /** 0 to 1; draws the pause after the attempt. */
  roll: number;
  /** After so long, and a grace for settling, an attempt without a result is unknown. */
  callDeadlineMs: number;
  hashPerson: HashPerson;
};

export type Reservation =
  | { kind: 'attempt'; attemptId: string; campaignId: string; chat: ChatRef; person: PersonRef }
  | { kind: 'look_up'; lookupId: string; personId: string; username: string }
  | Rest
  | { kind: 'idle' }
  | { kind: 'lease_lost' };

type Rest = { kind: 'wait'; until: Date; because: WaitReason | 'no_targets' };

/** Between the end of a call and the commit of its result. */
const settleGraceMs = 5_000;

/**
 * The first half of an attempt, one transaction: when it answers `attempt`, the attempt is committed, every limit has
 * room for it, and exactly one call may be made. When it answers `look_up`, the same is true of one look-up. Whatever
 * it answers, the account's next slot is set.
 *
 * The locks and what is read under them travel together; Postgres runs them in this order.
 */
export const reserveAttempt = (ctx: CommandContext, input: ReserveAttemptInput): Promise<Reservation> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId, leaseToken, roll, hashPerson } = input;
    const [lane, , facts] = await Promise.all([
      lockLane(tx, accountId),
      lockSuppressions(tx, ctx.workspaceId, 'reads'),
      readLaneFacts(tx, { accountId, leaseToken, now: ctx.now }),
    ]);
    if (!lane || !facts.lease.isRunning) return { kind: 'lease_lost' };
    const policy = await policyOf(tx, ctx, facts.policyVersion);
    const campaigns = facts.campaigns.filter(({ communityId }) => lane.communityIds.has(communityId));
    if (campaigns.length === 0) {
      await restLane(tx, accountId, ctx.now);
      return { kind: 'idle' };
    }
    const waits: (Wait | Stop)[] = [];
    for (const campaign of campaigns) {
      const question = { policy, account: lane.account, campaign, facts, roll, hashPerson };
      const answer = await decideLane(tx, ctx, question, (decision, target) =>
        openCall(tx, ctx, { ...input, campaign, decision, target }),
      );
      if ('taken' in answer) return answer.taken;
      waits.push(answer.decision);
    }
    return rest(tx, ctx, accountId, waits);
  });

type Call = ReserveAttemptInput & { campaign: LaneCampaign; decision: Attempt | LookUp; target: Reachable };

/** Writes the call down before it is made; undefined when somebody else is changing its target or has. */
const openCall = async (tx: Tx, ctx: CommandContext, call: Call): Promise<Reservation | undefined> => {
  const { decision, target, campaign, accountId } = call;
  const deadlineMs = call.callDeadlineMs + settleGraceMs;
  if (decision.kind === 'attempt') {
    const { person } = target;
    if (!person) throw new Error(`target ${target.targetId} was chosen without a reference`);
    const attemptId = await openAttempt(tx, ctx, { ...call, decision, deadlineMs });
    if (!attemptId) return undefined;
    return { kind: 'attempt', attemptId, campaignId: campaign.campaignId, chat: campaign.chat, person };
  }
  if (!(await lockTarget(tx, target.targetId))) return undefined;
  const { personId, username } = decision;
  const { workspaceId, now } = ctx;
  const lookupId = await openLookup(tx, {
    workspaceId,
    accountId,
    username,
    personId,
    now,
    callDeadlineMs: deadlineMs,
  });
  await appendAudit(tx, ctx, {
    action: 'lookup.reserved',
    entityId: lookupId,
    after: { accountId, personId },
  });
  return { kind: 'look_up', lookupId, personId, username };
};

/** No call now: the earliest reason to look again stands in the account's slot. */
const rest = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  decisions: readonly (Wait | Stop)[],
): Promise<Reservation> => {
  if (decisions.some((decision) => decision.kind === 'stop' && decision.because === 'account')) {
    await setSlot(tx, accountId, { at: null, because: 'account' });
    return { kind: 'idle' };
  }
  const lookAgain: Rest = { kind: 'wait', until: later(ctx.now, lookAgainMs), because: 'no_targets' };
  const waits = decisions.map((decision) => (decision.kind === 'wait' ? decision : lookAgain));
  const first = waits.reduce((a, b) => (b.until < a.until ? b : a), lookAgain);
  await setSlot(tx, accountId, { at: first.until, because: first.because });
  return first;
};
