import { eq } from 'drizzle-orm';
import { decideEnabling } from '#core/account/life.ts';
import { readStanding } from '../accounts.ts';
import { appendAudit, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockKeptAccount } from '../lane-work.ts';
import { wakeLane } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';
import { adoptWaitingTasks } from '../parse-handover.ts';
import { account } from '../schema/accounts.ts';

/** Lets a disabled account work again, after the rest of a wait that stands. Refuses with `account.not_disabled`. */
export const enableAccount = (ctx: CommandContext, input: { accountId: string }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId } = input;
    await lockKeptAccount(tx, accountId);
    const before = await readStanding(tx, accountId);
    const after = orRefuse(decideEnabling(before, ctx.now));
    await tx
      .update(account)
      .set({ ...after, nextSlotBecause: null })
      .where(eq(account.id, accountId));
    await wakeLane(tx, accountId, ctx.now);
    await adoptWaitingTasks(tx, ctx);
    await appendEvent(tx, ctx, { kind: 'account.recovered', payload: { accountId } });
    await appendAudit(tx, ctx, {
      action: 'account.enabled',
      entityId: accountId,
      before: { status: before.status },
      after: { status: after.status, recoversAt: after.recoversAt },
    });
  });
