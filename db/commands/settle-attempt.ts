import { Refused } from '#core/refusals.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { HashPerson } from '../person-hash.ts';
import { applyOutcome, judgeOutcome, readSettlementFacts } from '../settlement.ts';

export type SettleAttemptInput = {
  attemptId: string;
  accountId: string;
  leaseToken: number;
  outcome: InviteOutcome;
  /** 0 to 1; draws the pause until the next slot. */
  roll: number;
  hashPerson: HashPerson;
};

/**
 * The second half of an attempt: its result and everything that follows from it, in one transaction. Refuses with
 * `conflict`, changing nothing, when the attempt is no longer open under this lease: somebody else took the account
 * over, or the deadline passed and the attempt is being reconciled.
 */
export const settleAttempt = (
  ctx: CommandContext,
  input: SettleAttemptInput,
): Promise<{ nextSlotAt: Date | null }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { leaseToken, roll, hashPerson } = input;
    const facts = await readSettlementFacts(tx, ctx, input);
    if (facts.open.leaseToken !== leaseToken) throw new Refused('conflict');
    const reaction = await judgeOutcome(tx, ctx, facts, input.outcome);
    const options = { from: ['attempting'] as const, roll, hashPerson };
    const settled = await applyOutcome(tx, ctx, facts, reaction, options);
    if (!settled.isSettled) throw new Refused('conflict');
    return { nextSlotAt: settled.nextSlotAt };
  });
