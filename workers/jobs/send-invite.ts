import type { JobOutcome } from '#core/jobs.ts';
import { Refused } from '#core/refusals.ts';
import type { ChatRef, InviteOutcome, PersonRef, UserSession } from '#core/telegram/user-session.ts';
import { type Reservation, reserveAttempt } from '#db/commands/reserve-attempt.ts';
import { settleAttempt } from '#db/commands/settle-attempt.ts';
import { settleLookup } from '#db/commands/settle-lookup.ts';
import { contextOf, defineLaneJob, type JobDeps, type Lane } from '../runtime/define-job.ts';
import { settle } from './settle.ts';
import { withSession } from './with-session.ts';

type SendInvite = { workspaceId: string; accountId: string };

/**
 * One account's turn: reserve, look, one call, settle; again while the next slot is already due. The connection stands
 * before anything is reserved, so that a network in trouble costs nobody's slot.
 */
export const sendInvite = defineLaneJob('send-invite', async (job, deps, lane) => {
  for (;;) {
    const step = await withSession(job, deps, lane, (session) => takeStep(job, deps, lane, session));
    if (step.kind !== 'again' || deps.clock.realMsUntil(step.at) > 0 || lane.isWanted()) return step;
  }
});

/** `again` names the next slot. A result that comes too late for its lease or deadline is left to the reconciler. */
async function takeStep(
  job: SendInvite,
  deps: JobDeps,
  lane: Lane,
  session: UserSession,
): Promise<JobOutcome> {
  const reserved = await reserveAttempt(contextOf(deps, job.workspaceId), {
    accountId: job.accountId,
    nodeId: lane.nodeId,
    leaseToken: lane.leaseToken,
    roll: deps.random(),
    callDeadlineMs: deps.callDeadlineMs,
    hashPerson: deps.hashPerson,
  });
  try {
    switch (reserved.kind) {
      case 'attempt':
        return await invite(job, deps, lane, session, reserved);
      case 'look_up':
        return await lookUp(job, deps, session, reserved);
      case 'lease_lost':
        return { kind: 'drop', because: reserved.kind };
      default:
        deps.tell();
        return { kind: 'done' };
    }
  } catch (thrown) {
    if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
    throw thrown;
  }
}

async function invite(
  job: SendInvite,
  deps: JobDeps,
  lane: Lane,
  session: UserSession,
  { attemptId, chat, person }: Extract<Reservation, { kind: 'attempt' }>,
): Promise<JobOutcome> {
  const outcome = await inviteUnlessThere(session, chat, person);
  const failure = outcome.kind === 'failed' ? outcome.failure : undefined;
  const roll = deps.random();
  const { nextSlotAt } = await settle(job, deps, failure, (ctx) =>
    settleAttempt(ctx, {
      attemptId,
      accountId: job.accountId,
      leaseToken: lane.leaseToken,
      outcome,
      roll,
      hashPerson: deps.hashPerson,
    }),
  );
  return nextSlotAt ? { kind: 'again', at: nextSlotAt, because: 'next_slot' } : { kind: 'done' };
}

/** Telegram takes an invite of a member as if it had added them, so the standing is read before the one call. */
async function inviteUnlessThere(
  session: UserSession,
  chat: ChatRef,
  person: PersonRef,
): Promise<InviteOutcome> {
  const standing = await session.readMembership(chat, person);
  if (!standing.ok) return { kind: 'failed', failure: standing.failure };
  return standing.value === 'never'
    ? session.inviteOne(chat, person)
    : { kind: 'standing', membership: standing.value };
}

async function lookUp(
  job: SendInvite,
  deps: JobDeps,
  session: UserSession,
  { lookupId, by }: Extract<Reservation, { kind: 'look_up' }>,
): Promise<JobOutcome> {
  const answer =
    by.kind === 'username'
      ? await session.resolveUsername(by.username)
      : await session.resolvePhone(by.phone);
  const failure = answer.ok ? undefined : answer.failure;
  await settle(job, deps, failure, (ctx) => settleLookup(ctx, { lookupId, answer }));
  return { kind: 'again', at: deps.clock.now(), because: 'looked_up' };
}
