import { Refused } from '#core/refusals.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import type { HashPerson } from '../person-hash.ts';
import { applyOutcome, findAttempt, judgeOutcome } from '../settlement.ts';

export type SettleAttemptInput = {
  attemptId: string;
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
    const { attemptId, leaseToken, roll, hashPerson } = input;
    const found = await findAttempt(tx, attemptId);
    if (found?.leaseToken !== leaseToken) throw new Refused('conflict');
    const { accountId, ...place } = found;
    const account = await lockAccount(tx, accountId);
    if (!account) throw new Refused('conflict');
    await requireLease(tx, { accountId, leaseToken });
    const open = { attemptId, ...place };
    const reaction = await judgeOutcome(tx, ctx, account, open, input.outcome);
    const settled = await applyOutcome(tx, ctx, account, open, reaction, {
      from: ['attempting'],
      roll,
      hashPerson,
    });
    if (!settled.isSettled) throw new Refused('conflict');
    return { nextSlotAt: settled.nextSlotAt };
  });
