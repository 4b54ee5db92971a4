import { eq } from 'drizzle-orm';
import { applyAccountChange } from '../account-fate.ts';
import { onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { account } from '../schema/accounts.ts';

/** The account's session is over: nothing is done in its name until somebody signs in again. */
export const signOutAccount = (
  ctx: CommandContext,
  input: { accountId: string; error: string },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const found = await tx
      .select({ id: account.id })
      .from(account)
      .where(eq(account.id, input.accountId))
      .for('no key update');
    onlyRow(found, 'not_found');
    const { error } = input;
    await applyAccountChange(tx, ctx, input.accountId, { status: 'signed_out', recoversAt: null, error });
  });
