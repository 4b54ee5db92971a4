import { eq, sql } from 'drizzle-orm';
import { decideAsking } from '#core/account/life.ts';
import { readStanding } from '../accounts.ts';
import { appendAudit, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockKeptAccount } from '../lane-work.ts';
import { wakeWorkers } from '../outbox.ts';
import { account } from '../schema/accounts.ts';

/** Wants an account's session ended at Telegram, by a worker. Refuses with `account.not_signed_in`. */
export const requestLogOut = (ctx: CommandContext, input: { accountId: string }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId } = input;
    await lockKeptAccount(tx, accountId);
    orRefuse(decideAsking(await readStanding(tx, accountId)));
    await tx
      .update(account)
      .set({ logOutAt: sql`coalesce(log_out_at, ${ctx.now.toISOString()}::timestamptz)` })
      .where(eq(account.id, accountId));
    await wakeWorkers(tx, ctx);
    await appendAudit(tx, ctx, { action: 'account.log_out_requested', entityId: accountId });
  });
