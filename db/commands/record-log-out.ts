import { moveAccount } from '../account-fate.ts';
import { readStanding } from '../accounts.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import { forgetSession } from '../session-rows.ts';

/** Telegram has ended the account's session, as a person wanted. Refuses with `conflict` when the lease was lost. */
export const recordLogOut = (
  ctx: CommandContext,
  input: { accountId: string; leaseToken: number },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId } = input;
    await lockAccount(tx, accountId);
    await requireLease(tx, input);
    const before = await readStanding(tx, accountId);
    await moveAccount(tx, ctx, accountId, {
      before,
      after: { ...before, status: 'signed_out', statusError: 'LOGGED_OUT' },
      error: 'LOGGED_OUT',
    });
    await forgetSession(tx, accountId);
  });
