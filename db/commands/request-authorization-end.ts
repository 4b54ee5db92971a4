import { and, eq } from 'drizzle-orm';
import { decideAsking } from '#core/account/life.ts';
import { Refused } from '#core/refusals.ts';
import { readStanding } from '../accounts.ts';
import { appendAudit, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockKeptAccount } from '../lane-work.ts';
import { wakeWorkers } from '../outbox.ts';
import { account, accountAuthorization } from '../schema/accounts.ts';

/**
 * Wants another session of an account ended at Telegram, by a worker. Refuses with `account.authorization_unknown`,
 * `account.not_signed_in`, and `account.authorization_own` for the session that works here: that is logging out.
 */
export const requestAuthorizationEnd = (
  ctx: CommandContext,
  input: { accountId: string; hash: string },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId, hash } = input;
    await lockKeptAccount(tx, accountId);
    orRefuse(decideAsking(await readStanding(tx, accountId)));
    const [wanted] = await tx
      .update(accountAuthorization)
      .set({ endAt: ctx.now, endError: null })
      .where(and(eq(accountAuthorization.accountId, accountId), eq(accountAuthorization.hash, hash)))
      .returning({ isCurrent: accountAuthorization.isCurrent, device: accountAuthorization.device });
    if (!wanted) throw new Refused('account.authorization_unknown');
    if (wanted.isCurrent) throw new Refused('account.authorization_own');
    await tx.update(account).set({ refreshAt: ctx.now }).where(eq(account.id, accountId));
    await wakeWorkers(tx, ctx);
    await appendAudit(tx, ctx, {
      action: 'account.authorization_end_requested',
      entityId: accountId,
      after: { device: wanted.device },
    });
  });
