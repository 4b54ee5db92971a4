import { eq } from 'drizzle-orm';
import { accountAfter } from '#core/account/reaction.ts';
import type { AccountChange } from '#core/account/standing.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { policyInForce } from '../policies.ts';
import { account } from '../schema/accounts.ts';

/**
 * A call of the account failed outside an attempt, a look-up or a parse page. Cools, blocks or signs it out when the
 * failure is about the account; otherwise the account stays as it is.
 */
export const failAccount = (
  ctx: CommandContext,
  input: { accountId: string; failure: RpcFailure },
): Promise<{ change: AccountChange | undefined }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const found = await tx
      .select({ peerFloods: account.peerFloods })
      .from(account)
      .where(eq(account.id, input.accountId))
      .for('no key update');
    const { peerFloods } = onlyRow(found, 'not_found');
    const change = accountAfter(input.failure, ctx.now, await policyInForce(tx, ctx), { peerFloods });
    if (change) await applyAccountChange(tx, ctx, input.accountId, change);
    await appendAudit(tx, ctx, {
      action: 'account.failed',
      entityId: input.accountId,
      after: { error: input.failure.error },
    });
    return { change };
  });
