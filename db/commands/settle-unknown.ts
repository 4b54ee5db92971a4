import { sql } from 'drizzle-orm';
import { accountAfter } from '#core/account/reaction.ts';
import { isBlindLook, settleByMembership } from '#core/campaign/reconcile.ts';
import { Refused } from '#core/refusals.ts';
import type { Membership, RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import type { HashPerson } from '../person-hash.ts';
import { applyOutcome, countReturned, readSettlementFacts, type SettlementFacts } from '../settlement.ts';

export type SettleUnknownInput = {
  attemptId: string;
  accountId: string;
  /** The lease under which the membership was read. */
  leaseToken: number;
  roll: number;
  hashPerson: HashPerson;
} & ({ membership: Membership | 'unreadable' } | { failure: RpcFailure });

/** When the look itself failed, the next one comes after so long. */
const lookAgainMs = 30_000;

/**
 * Settles an attempt of unknown outcome by what was read of the membership. After a failed look the account is treated
 * as the failure says, and the attempt keeps its place in the limits until a later look; a failure that says this
 * account can never look ends it.
 * Refuses with `conflict` when the attempt is not unknown any more or the lease was lost.
 */
export const settleUnknown = (
  ctx: CommandContext,
  input: SettleUnknownInput,
): Promise<{ nextSlotAt: Date | null }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { attemptId, roll, hashPerson } = input;
    const facts = await readSettlementFacts(tx, ctx, input);
    const seen =
      'failure' in input ? await seeFailure(tx, ctx, facts, attemptId, input.failure) : input.membership;
    if (seen === undefined) return { nextSlotAt: null };
    const earlier = await countReturned(tx, facts.open.targetId, 'outcome_unknown');
    const reaction = settleByMembership(seen, earlier);
    const options = { from: ['unknown'] as const, roll, hashPerson };
    const settled = await applyOutcome(tx, ctx, facts, reaction, options);
    if (!settled.isSettled) throw new Refused('conflict');
    return { nextSlotAt: settled.nextSlotAt };
  });

/** `unreadable` when this account can never look; undefined when a later look may tell, or the account's end told. */
const seeFailure = async (
  tx: Tx,
  ctx: CommandContext,
  { account, policy }: SettlementFacts,
  attemptId: string,
  failure: RpcFailure,
): Promise<'unreadable' | undefined> => {
  await appendAudit(tx, ctx, {
    action: 'attempt.look_failed',
    entityId: attemptId,
    after: { error: failure.error },
  });
  const change = accountAfter(failure, ctx.now, policy, {
    peerFloods: account.peerFloods,
  });
  if (!change && isBlindLook(failure)) return 'unreadable';
  if (change) await applyAccountChange(tx, ctx, account.id, change);
  await tx.execute(sql`
    update attempt set deadline_at = clock_timestamp() + ${lookAgainMs} * interval '1 millisecond'
    where id = ${attemptId} and status = 'unknown'`);
  return undefined;
};
