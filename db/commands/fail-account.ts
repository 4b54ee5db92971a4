import { sql } from 'drizzle-orm';
import { accountAfter } from '#core/account/reaction.ts';
import type { AccountChange } from '#core/account/standing.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { lockPeerFloods } from '../lane-work.ts';
import { policyInForce } from '../policies.ts';

/**
 * A call of the account failed outside an attempt, a look-up or a parse page. Cools, blocks or signs it out when the
 * failure is about the account; otherwise the account stays as it is.
 */
export const failAccount = (
  ctx: CommandContext,
  input: { accountId: string; failure: RpcFailure },
): Promise<{ change: AccountChange | undefined }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const peerFloods = await lockPeerFloods(tx, input.accountId);
    const change = accountAfter(input.failure, ctx.now, await policyInForce(tx, ctx), { peerFloods });
    if (change) await applyAccountChange(tx, ctx, input.accountId, change);
    if (change?.recoversAt) await postponeWishes(tx, input.accountId, change.recoversAt);
    await appendAudit(tx, ctx, {
      action: 'account.failed',
      entityId: input.accountId,
      after: { error: input.failure.error },
    });
    return { change };
  });

/** What is asked of an account that does not work, blocked or frozen, keeps the wait as well. */
const postponeWishes = async (tx: Tx, accountId: string, until: Date): Promise<void> => {
  await tx.execute(sql`
    update account set
      log_out_at = case when log_out_at is not null then greatest(log_out_at, ${at(until)}) end,
      freeze_check_at = case when freeze_check_at is not null then greatest(freeze_check_at, ${at(until)}) end
    where id = ${accountId}`);
};
