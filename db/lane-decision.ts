import { sql } from 'drizzle-orm';
import {
  type Attempt,
  decideNextAttempt,
  type LookUp,
  type Skip,
  type Stop,
  type Wait,
} from '#core/campaign/next-attempt.ts';
import { later, MINUTE_MS } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { pauseCampaignsWithoutAccounts } from './account-fate.ts';
import { finishIfDone } from './campaign-state.ts';
import { listCandidates, type Reachable } from './candidates.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import type { LaneCampaign, LaneFacts } from './lane-facts.ts';
import type { LaneAccount } from './lane-work.ts';
import type { HashPerson } from './person-hash.ts';
import { endUnreachable } from './reach.ts';

export type LaneQuestion = {
  policy: LimitPolicy;
  account: LaneAccount;
  campaign: LaneCampaign;
  facts: LaneFacts;
  roll: number;
  hashPerson: HashPerson;
  /** Targets for which another lane came first. */
  busy: readonly string[];
};

/** Writes the call down and takes its target; undefined when another transaction is changing the target or has. */
export type TakeTarget<T> = (decision: Attempt | LookUp, target: Reachable) => Promise<T | undefined>;

/** What a lane does for one campaign: the call it took, or why there is none. */
export type LaneAnswer<T> = { taken: T } | { decision: Wait | Stop };

/** How long a target that another transaction is changing is left alone, in business time. */
const busyMs = MINUTE_MS;

/**
 * Asks core what the account does for the campaign, ending targets visibly where core says so, until there is a call
 * to make or a reason for none.
 */
export const decideLane = async <T>(
  tx: Tx,
  ctx: CommandContext,
  question: LaneQuestion,
  take: TakeTarget<T>,
): Promise<LaneAnswer<T>> => {
  const { campaignId, communityId } = question.campaign;
  const busy = [...question.busy];
  let open: Reachable[] = [];
  for (;;) {
    if (open.length === 0) {
      const { account, hashPerson, facts } = question;
      open = await listCandidates(tx, {
        accountId: account.id,
        campaignId,
        communityId,
        now: ctx.now,
        hashPerson,
        hasSuppressions: facts.hasSuppressions,
        busy,
      });
      if (open.length > 0 && !open[0]?.isMine) {
        busy.push(...open.splice(0).map(({ targetId }) => targetId));
        continue;
      }
    }
    const decision = decide(
      question,
      open,
      open.length === 0 ? await nextTargetAt(tx, campaignId, ctx.now) : null,
      ctx.now,
    );
    if (decision.kind === 'skip') {
      await endTarget(tx, ctx, decision);
      open = open.filter((candidate) => candidate.targetId !== decision.targetId);
      continue;
    }
    if (decision.kind === 'attempt' || decision.kind === 'look_up') {
      const target = open.find((candidate) => candidate.targetId === decision.targetId);
      const taken = target && (await take(decision, target));
      if (taken !== undefined) return { taken };
      busy.push(decision.targetId);
      open = open.filter((candidate) => candidate.targetId !== decision.targetId);
      continue;
    }
    if (decision.kind === 'stop' && decision.because === 'community_lifetime') {
      await pauseCampaignsWithoutAccounts(tx, ctx, question.account.id);
    }
    if (open.length === 0 && busy.length === 0) {
      await endUnreachable(tx, ctx, { campaignId, reason: 'unreachable' });
      await finishIfDone(tx, ctx, campaignId);
    }
    const isBusy = busy.length > 0 && open.length === 0;
    return {
      decision: isBusy ? { kind: 'wait', until: later(ctx.now, busyMs), because: 'under_way' } : decision,
    };
  }
};

const decide = (question: LaneQuestion, open: readonly Reachable[], nextAt: Date | null, now: Date) => {
  const { policy, account, campaign, facts, roll } = question;
  const view = {
    policy,
    account,
    campaignStatus: 'running' as const,
    isCollectedAcknowledged: facts.isCollectedAcknowledged,
    window: facts.windowOf(account, campaign.communityId),
    lookups: facts.lookups,
    candidates: open,
    nextTargetAt: nextAt,
  };
  return decideNextAttempt(view, now, roll);
};

/** A target that is due and still no candidate is another lane's, and no reason for this one to look at once. */
const nextTargetAt = async (tx: Tx, campaignId: string, now: Date): Promise<Date | null> => {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select min(not_before) as at from target
    where campaign_id = ${campaignId} and status = 'waiting' and not_before > ${at(now)}`);
  return row?.at ? new Date(row.at) : null;
};

const endTarget = async (tx: Tx, ctx: CommandContext, skip: Skip): Promise<void> => {
  await tx.execute(sql`
    update target set status = ${skip.status}, reason = ${skip.reason}, not_before = null, settled_at = ${at(ctx.now)}
    where id = ${skip.targetId} and status in ('pending', 'waiting')`);
};
