import { eq, sql } from 'drizzle-orm';
import { moveAccount } from '../account-fate.ts';
import { readStanding } from '../accounts.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockIdleAccount } from '../lane-work.ts';
import { account } from '../schema/accounts.ts';
import { forgetSession } from '../session-rows.ts';

/**
 * Takes an account out of the workspace: its session, its references to people and its lease go, and its campaigns and
 * tasks move on. Its row stays, because history and the limits of a later sign-in are read from it. Refuses with
 * `not_found` and, during a call, with `account.busy`.
 */
export const removeAccount = (ctx: CommandContext, input: { accountId: string }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId } = input;
    await lockIdleAccount(tx, accountId);
    const before = await readStanding(tx, accountId);
    await moveAccount(tx, ctx, accountId, {
      before,
      after: { ...before, status: 'signed_out', statusError: 'LOGGED_OUT' },
      event: { kind: 'account.removed', payload: { accountId } },
    });
    await forgetSession(tx, accountId);
    await tx
      .update(account)
      .set({ removedAt: ctx.now, freezeCheckAt: null })
      .where(eq(account.id, accountId));
    // Whoever holds it closes the connection at the next renewal; the token goes on growing.
    await tx.execute(sql`
      update lease set node_id = null, token = token + 1, until = clock_timestamp() where account_id = ${accountId}`);
  });
