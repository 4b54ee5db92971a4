import { eq, sql } from 'drizzle-orm';
import { accountAfter, type FailureReaction } from '#core/account/reaction.ts';
import { settleByMembership } from '#core/campaign/reconcile.ts';
import { defaultPolicy } from '#core/pacing/policy.ts';
import { Refused } from '#core/refusals.ts';
import type { Membership, RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import type { HashPerson } from '../person-hash.ts';
import { attempt } from '../schema/campaigns.ts';
import { applyOutcome, countReturned } from '../settlement.ts';

export type SettleUnknownInput = {
  attemptId: string;
  /** The lease under which the membership was read. */
  leaseToken: number;
  roll: number;
  hashPerson: HashPerson;
} & ({ membership: Membership | 'unreadable' } | { failure: RpcFailure });

/** When the look itself failed, the next one comes after so long. */
const lookAgainMs = 30_000;

/**
 * Settles an attempt of unknown outcome by what was read of the membership. A failed look settles nothing: the account
 * is treated as the failure says, and the attempt keeps its place in the limits until a later look.
 * Refuses with `conflict` when the attempt is not unknown any more or the lease was lost.
 */
export const settleUnknown = (
  ctx: CommandContext,
  input: SettleUnknownInput,
): Promise<{ nextSlotAt: Date | null }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { attemptId, leaseToken, roll, hashPerson } = input;
    const found = await tx
      .select({
        accountId: attempt.accountId,
        campaignId: attempt.campaignId,
        targetId: attempt.targetId,
        personId: attempt.personId,
        communityId: attempt.communityId,
      })
      .from(attempt)
      .where(eq(attempt.id, attemptId));
    const { accountId, ...place } = onlyRow(found, 'not_found');
    const account = await lockAccount(tx, accountId);
    if (!account) throw new Refused('conflict');
    await requireLease(tx, { accountId, leaseToken });

    if ('failure' in input) {
      const change = accountAfter(input.failure, ctx.now, defaultPolicy, { peerFloods: account.peerFloods });
      if (change) await applyAccountChange(tx, ctx, accountId, change);
      const postponed = await tx.execute(sql`
        update attempt set deadline_at = clock_timestamp() + ${lookAgainMs} * interval '1 millisecond'
        where id = ${attemptId} and status = 'unknown' returning 1`);
      onlyRow(postponed, 'conflict');
      await appendAudit(tx, ctx, {
        action: 'attempt.look_failed',
        entityId: attemptId,
        after: { error: input.failure.error },
      });
      return { nextSlotAt: null };
    }
    const earlier = await countReturned(tx, place.targetId, 'outcome_unknown');
    const reaction: FailureReaction = settleByMembership(input.membership, earlier);
    const open = { attemptId, ...place };
    const options = { from: ['unknown'] as const, roll, hashPerson };
    const settled = await applyOutcome(tx, ctx, account, open, reaction, options);
    if (!settled.isSettled) throw new Refused('conflict');
    return { nextSlotAt: settled.nextSlotAt };
  });
