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
import type { LedgerCall } from '#core/pacing/slot.ts';
import { finishIfDone } from './campaign-state.ts';
import { listCandidates, type Reachable } from './candidates.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import type { LaneAccount, LaneCampaign } from './lane-work.ts';
import type { Ledger } from './ledger.ts';
import type { HashPerson } from './person-hash.ts';
import { endUnreachable } from './reach.ts';

export type LaneQuestion = {
  policy: LimitPolicy;
  account: LaneAccount;
  campaign: LaneCampaign;
  ledger: Ledger;
  lookups: readonly LedgerCall[];
  isCollectedAcknowledged: boolean;
  roll: number;
  hashPerson: HashPerson;
};

/** What a lane does for one campaign; a call comes with its target, which is locked. */
export type LaneAnswer =
  | { decision: Attempt; target: Reachable }
  | { decision: LookUp; target: Reachable }
  | { decision: Wait | Stop };

/** How long a target that another transaction is changing is left alone, in business time. */
const busyMs = MINUTE_MS;

/**
 * Asks core what the account does for the campaign, ending targets visibly where core says so, until there is a call
 * to make or a reason for none.
 */
export const decideLane = async (
  tx: Tx,
  ctx: CommandContext,
  question: LaneQuestion,
): Promise<LaneAnswer> => {
  const { campaignId, communityId } = question.campaign;
  const busy: string[] = [];
  let open: Reachable[] = [];
  for (;;) {
    if (open.length === 0) {
      const { account, hashPerson } = question;
      open = await listCandidates(tx, {
        accountId: account.id,
        campaignId,
        communityId,
        now: ctx.now,
        hashPerson,
        busy,
      });
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
      if (target && (await lockTarget(tx, decision.targetId))) return { decision, target } as LaneAnswer;
      busy.push(decision.targetId);
      open = open.filter((candidate) => candidate.targetId !== decision.targetId);
      continue;
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
  const { policy, account, campaign, ledger, lookups, isCollectedAcknowledged, roll } = question;
  const view = {
    policy,
    account,
    campaignStatus: 'running' as const,
    isCollectedAcknowledged,
    window: ledger.windowOf(campaign.communityId),
    lookups,
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

/** Takes the target for this transaction; false when another one is changing it or has. */
const lockTarget = async (tx: Tx, targetId: string): Promise<boolean> => {
  const rows = await tx.execute(sql`
    select 1 from target where id = ${targetId} and status in ('pending', 'waiting') for update skip locked`);
  return rows.length > 0;
};

const endTarget = async (tx: Tx, ctx: CommandContext, skip: Skip): Promise<void> => {
  await tx.execute(sql`
    update target set status = ${skip.status}, reason = ${skip.reason}, not_before = null, settled_at = ${at(ctx.now)}
    where id = ${skip.targetId} and status in ('pending', 'waiting')`);
};
