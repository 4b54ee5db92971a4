import { eq, sql } from 'drizzle-orm';
import { reactToLookupFailure } from '#core/account/reaction.ts';
import { Refused } from '#core/refusals.ts';
import type { Answer, RpcFailure, SeenPerson } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { finishIfDone } from '../campaign-state.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { type LaneAccount, lockAccount } from '../lane-work.ts';
import { closeLookup } from '../lookups.ts';
import { policyInForce } from '../policies.ts';
import { endUnreachable } from '../reach.ts';
import { meetPerson } from '../resolved-person.ts';
import { lookup, person } from '../schema/index.ts';

/**
 * Keeps what a look-up answered: the person's id and this account's reference to them, or that the username or the phone
 * number leads to nobody (or by now to somebody else), which ends the targets that nobody can reach otherwise.
 * Refuses with `conflict` when the look-up was closed before.
 */
export const settleLookup = (
  ctx: CommandContext,
  input: { lookupId: string; answer: Answer<SeenPerson> },
): Promise<{ isReached: boolean }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { lookupId, answer } = input;
    const [asked] = await tx
      .select({ accountId: lookup.accountId })
      .from(lookup)
      .where(eq(lookup.id, lookupId));
    const account = asked && (await lockAccount(tx, asked.accountId));
    const error = answer.ok ? {} : { error: answer.failure.error };
    const closed = await closeLookup(tx, { lookupId, now: ctx.now, ...error });
    if (!account || !closed?.personId) throw new Refused('conflict');
    const { personId, isByPhone } = closed;
    await appendAudit(tx, ctx, {
      action: 'lookup.settled',
      entityId: lookupId,
      after: { personId, ...error },
    });

    if (!answer.ok) {
      await fail(tx, ctx, account, { personId, isByPhone }, answer.failure);
      return { isReached: false };
    }
    const isReached = await meetPerson(tx, ctx, { personId, accountId: account.id, seen: answer.value });
    const reason = isByPhone ? 'PHONE_NOT_OCCUPIED' : 'USERNAME_NOT_OCCUPIED';
    if (!isReached) await endWay(tx, ctx, { personId, isByPhone }, reason);
    return { isReached };
  });

/** The one who was looked up, and by what. */
type Way = { personId: string; isByPhone: boolean };

const fail = async (
  tx: Tx,
  ctx: CommandContext,
  account: LaneAccount,
  way: Way,
  failure: RpcFailure,
): Promise<void> => {
  const [row] = await tx.execute<{ earlier: number }>(sql`
    select count(*)::int - 1 as earlier from lookup where person_id = ${way.personId} and error = ${failure.error}`);
  const reaction = reactToLookupFailure(failure, ctx.now, await policyInForce(tx, ctx), {
    peerFloods: account.peerFloods,
    sameFailures: row?.earlier ?? 0,
  });
  if (reaction.account) await applyAccountChange(tx, ctx, account.id, reaction.account);
  const isFinal = reaction.target.status === 'unreachable' || reaction.target.status === 'refused';
  if (isFinal) await endWay(tx, ctx, way, reaction.reason ?? failure.error);
};

/** The username or number leads nowhere; whoever has no other way to the person gives up on them. */
const endWay = async (
  tx: Tx,
  ctx: CommandContext,
  { personId, isByPhone }: Way,
  reason: string,
): Promise<void> => {
  await tx
    .update(person)
    .set(isByPhone ? { phoneLeadsNowhere: true } : { username: null })
    .where(eq(person.id, personId));
  const campaigns = await tx.execute<{ id: string }>(sql`
    select c.id from campaign c join target t on t.campaign_id = c.id
    where t.person_id = ${personId} and c.status in ('running', 'paused')
    order by c.id`);
  for (const { id: campaignId } of campaigns) {
    await endUnreachable(tx, ctx, { campaignId, personId, reason });
    await finishIfDone(tx, ctx, campaignId);
  }
};
