import type { Attempt, LookUp, LookUpBy, Stop, Wait, WaitReason } from '#core/campaign/next-attempt.ts';
import { later } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import type { ChatRef, PersonRef } from '#core/telegram/user-session.ts';
import { lockTarget, openAttempt } from '../attempt-rows.ts';
import type { Reachable } from '../candidates.ts';
import { appendAudit, runCommand } from '../command.ts';
import { type CommandContext, closeWith, type Tx } from '../context.ts';
import { decideLane } from '../lane-decision.ts';
import { type LaneCampaign, readLaneFacts } from '../lane-facts.ts';
import { lockAccount, lockCommunities } from '../lane-work.ts';
import { lookAgainMs, restLane, setSlot } from '../lanes.ts';
import { openLookup } from '../lookups.ts';
import type { HashPerson } from '../person-hash.ts';
import { policyOf } from '../policies.ts';
import { lockSuppressions } from '../suppressions.ts';
import type { Closing } from '../transactions.ts';

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
  | { kind: 'look_up'; lookupId: string; personId: string; by: LookUpBy }
  | Rest
  | { kind: 'idle' }
  | { kind: 'lease_lost' };

type Rest = { kind: 'wait'; until: Date; because: WaitReason | 'no_targets' };

/** Between the end of a call and the commit of its result. */
const settleGraceMs = 5_000;

/** Another lane came first: nothing was opened. */
type Overtaken = { kind: 'overtaken'; targetId: string };

/**
 * The first half of an attempt, one transaction: when it answers `attempt`, the attempt is committed, every limit has
 * room for it, and exactly one call may be made. When it answers `look_up`, the same is true of one look-up. Whatever
 * it answers, the account's next slot is set. Overtaken by another lane of the community, it decides anew.
 */
export const reserveAttempt = async (
  ctx: CommandContext,
  input: ReserveAttemptInput,
): Promise<Reservation> => {
  const busy: string[] = [];
  for (;;) {
    const answer = await tryToReserve(ctx, input, busy);
    if (answer.kind !== 'overtaken') return answer;
    busy.push(answer.targetId);
  }
};

/**
 * Everything is decided under the locks of the account and its communities, which travel together with what is read under
 * them; Postgres runs them in this order. A campaign that began while these waited is guarded by `openAttempt` itself.
 */
const tryToReserve = (
  ctx: CommandContext,
  input: ReserveAttemptInput,
  busy: readonly string[],
): Promise<Reservation | Overtaken> =>
  runCommand<Reservation | Overtaken>(ctx, 'operator', async (tx) => {
    const { accountId, leaseToken, roll, hashPerson } = input;
    const [account, , , facts] = await Promise.all([
      lockAccount(tx, accountId),
      lockCommunities(tx, accountId),
      lockSuppressions(tx, ctx.workspaceId, 'reads'),
      readLaneFacts(tx, { accountId, leaseToken, now: ctx.now }),
    ]);
    if (!account || !facts.lease.isRunning) return { kind: 'lease_lost' };
    const policy = await policyOf(tx, ctx, facts.policyVersion);
    if (facts.campaigns.length === 0) {
      await restLane(tx, accountId, ctx.now);
      return { kind: 'idle' };
    }
    const waits: (Wait | Stop)[] = [];
    for (const campaign of facts.campaigns) {
      const question = { policy, account, campaign, facts, roll, hashPerson, busy };
      const answer = await decideLane(tx, ctx, question, (decision, target) =>
        openCall(tx, ctx, { ...input, policy, campaign, decision, target }),
      );
      if ('taken' in answer) return answer.taken;
      waits.push(answer.decision);
    }
    return rest(tx, ctx, accountId, waits);
  });

type Call = ReserveAttemptInput & {
  policy: LimitPolicy;
  campaign: LaneCampaign;
  decision: Attempt | LookUp;
  target: Reachable;
};

/** Writes the call down before it is made; undefined when somebody else is changing its target or has. */
const openCall = async (
  tx: Tx,
  ctx: CommandContext,
  call: Call,
): Promise<Reservation | Closing<Reservation | Overtaken> | undefined> => {
  const { decision, target, campaign, accountId } = call;
  const { targetId, person } = target;
  const deadlineMs = call.callDeadlineMs + settleGraceMs;
  if (decision.kind === 'attempt') {
    if (!person) throw new Error(`target ${targetId} was chosen without a reference`);
    const { campaignId, chat } = campaign;
    return closeWith<Reservation | Overtaken>(
      openAttempt(ctx, { ...call, decision, deadlineMs }),
      ([, opened]) => {
        const [row] = opened as readonly { id: string }[];
        return row
          ? { kind: 'attempt', attemptId: row.id, campaignId, chat, person }
          : { kind: 'overtaken', targetId };
      },
    );
  }
  if (!(await lockTarget(tx, targetId))) return undefined;
  const { personId, by } = decision;
  const { workspaceId, now } = ctx;
  const lookupId = await openLookup(tx, {
    workspaceId,
    accountId,
    by,
    personId,
    now,
    callDeadlineMs: deadlineMs,
  });
  await appendAudit(tx, ctx, {
    action: 'lookup.reserved',
    entityId: lookupId,
    after: { accountId, personId },
  });
  return { kind: 'look_up', lookupId, personId, by };
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
