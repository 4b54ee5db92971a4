import { eq } from 'drizzle-orm';
import { decideAsking } from '#core/account/life.ts';
import { readStanding } from '../accounts.ts';
import { appendAudit, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockKeptAccount } from '../lane-work.ts';
import { wakeWorkers } from '../outbox.ts';
import { account } from '../schema/accounts.ts';

/** Wants an account's profile and sessions read now, or when it works again. Refuses with `account.not_signed_in`. */
export const requestRefresh = (ctx: CommandContext, input: { accountId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId } = input;
    await lockKeptAccount(tx, accountId);
    orRefuse(decideAsking(await readStanding(tx, accountId)));
    await tx.update(account).set({ refreshAt: ctx.now }).where(eq(account.id, accountId));
    await wakeWorkers(tx, ctx);
    await appendAudit(tx, ctx, { action: 'account.refresh_requested', entityId: accountId });
  });
