import { sql } from 'drizzle-orm';
import type { WaitReason } from '#core/campaign/next-attempt.ts';
import { later } from '#core/duration.ts';
import type { ChatRef, PersonRef } from '#core/telegram/user-session.ts';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { decideLane, type LaneAnswer } from '../lane-decision.ts';
import { type LaneCampaign, listLaneCampaigns, lockAccount, lockCommunities } from '../lane-work.ts';
import { lookAgainMs, restLane, setSlot } from '../lanes.ts';
import { holdsLease } from '../lease-check.ts';
import { readLedger } from '../ledger.ts';
import { listLookups, openLookup } from '../lookups.ts';
import type { HashPerson } from '../person-hash.ts';
import { policyInForce } from '../policies.ts';
import { workspace } from '../schema/team.ts';
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
 * Locks the account, then the communities of its campaigns, so that neither the account's windows nor the one shared by
 * all accounts can change between reading and writing.
 */
export const reserveAttempt = (ctx: CommandContext, input: ReserveAttemptInput): Promise<Reservation> =>
  runCommand(ctx, 'operator', async (tx) => {
    const account = await lockAccount(tx, input.accountId);
    if (!account || !(await holdsLease(tx, input))) return { kind: 'lease_lost' };
    const campaigns = await listLaneCampaigns(tx, account.id);
    if (campaigns.length === 0) {
      await restLane(tx, account.id, ctx.now);
      return { kind: 'idle' };
    }
    const communityIds = [...new Set(campaigns.map((campaign) => campaign.communityId))];
    await lockCommunities(tx, communityIds);
    await lockSuppressions(tx, ctx.workspaceId, 'reads');
    const question = {
      policy: await policyInForce(tx, ctx),
      account,
      ledger: await readLedger(tx, account, communityIds, ctx.now),
      lookups: await listLookups(tx, account.id, ctx.now),
      isCollectedAcknowledged: await isCollectedAcknowledged(tx),
      roll: input.roll,
      hashPerson: input.hashPerson,
    };
    const answers: LaneAnswer[] = [];
    for (const campaign of campaigns) {
      const answer = await decideLane(tx, ctx, { ...question, campaign });
      if ('target' in answer) return makeCall(tx, ctx, input, campaign, answer);
      answers.push(answer);
    }
    return rest(tx, ctx, account.id, answers);
  });

const isCollectedAcknowledged = async (tx: Tx): Promise<boolean> => {
  const [row] = await tx.select({ at: workspace.collectedAcknowledgedAt }).from(workspace);
  return row?.at != null;
};

const makeCall = async (
  tx: Tx,
  ctx: CommandContext,
  input: ReserveAttemptInput,
  campaign: LaneCampaign,
  { decision, target }: Extract<LaneAnswer, { target: unknown }>,
): Promise<Reservation> => {
  const { accountId } = input;
  if (decision.kind === 'look_up') {
    const { personId, username } = decision;
    const { workspaceId, now } = ctx;
    const callDeadlineMs = input.callDeadlineMs + settleGraceMs;
    const lookupId = await openLookup(tx, {
      workspaceId,
      accountId,
      username,
      personId,
      now,
      callDeadlineMs,
    });
    await appendAudit(tx, ctx, {
      action: 'lookup.reserved',
      entityId: lookupId,
      after: { accountId, personId },
    });
    return { kind: 'look_up', lookupId, personId, username };
  }
  if (!target.person) throw new Error(`target ${target.targetId} was chosen without a reference`);
  const attemptId = await insertAttempt(tx, ctx, input, campaign, target);
  await setSlot(tx, accountId, decision.thereafter);
  await appendAudit(tx, ctx, {
    action: 'attempt.reserved',
    entityId: attemptId,
    after: { accountId, campaignId: campaign.campaignId, targetId: target.targetId },
  });
  return {
    kind: 'attempt',
    attemptId,
    campaignId: campaign.campaignId,
    chat: campaign.chat,
    person: target.person,
  };
};

const insertAttempt = async (
  tx: Tx,
  ctx: CommandContext,
  input: ReserveAttemptInput,
  campaign: LaneCampaign,
  target: { targetId: string; personId: string },
): Promise<string> => {
  const [row] = await tx.execute<{ id: string }>(sql`
    with taken as (
      update target set status = 'attempting', reason = null, not_before = null where id = ${target.targetId}
    ), served as (
      update campaign_account set served_at = ${at(ctx.now)}
      where campaign_id = ${campaign.campaignId} and account_id = ${input.accountId}
    )
    insert into attempt (
      workspace_id, campaign_id, target_id, person_id, account_id, community_id, lease_token, status, started_at,
      deadline_at)
    values (
      ${ctx.workspaceId}, ${campaign.campaignId}, ${target.targetId}, ${target.personId}, ${input.accountId},
      ${campaign.communityId}, ${input.leaseToken}, 'attempting', ${at(ctx.now)},
      clock_timestamp() + ${input.callDeadlineMs + settleGraceMs} * interval '1 millisecond')
    returning id`);
  if (!row) throw new Error('insert gave no row');
  return row.id;
};

/** No call now: the earliest reason to look again stands in the account's slot. */
const rest = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  answers: readonly LaneAnswer[],
): Promise<Reservation> => {
  if (answers.some(({ decision }) => decision.kind === 'stop' && decision.because === 'account')) {
    await setSlot(tx, accountId, { at: null, because: 'account' });
    return { kind: 'idle' };
  }
  const lookAgain: Rest = { kind: 'wait', until: later(ctx.now, lookAgainMs), because: 'no_targets' };
  const waits = answers.map(({ decision }) => (decision.kind === 'wait' ? decision : lookAgain));
  const first = waits.reduce((a, b) => (b.until < a.until ? b : a), lookAgain);
  await setSlot(tx, accountId, { at: first.until, because: first.because });
  return first;
};
