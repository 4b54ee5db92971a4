import { eq } from 'drizzle-orm';
import { standingRestored } from '#core/account/standing.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { Freeze } from '#core/telegram/user-session.ts';
import { readStanding, saveStanding } from '../accounts.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { wakeLane } from '../lanes.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { account } from '../schema/accounts.ts';

const askAgainMs = DAY_MS;

/**
 * Keeps what Telegram says of a frozen account: since when, until when, where to appeal; it is asked again a day later.
 * Without a freeze the account is at work again, unless a wait still stands. Refuses with `conflict` when the lease was
 * lost.
 */
export const recordFreeze = (
  ctx: CommandContext,
  input: { accountId: string; leaseToken: number; freeze: Freeze | undefined },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId, freeze } = input;
    await lockAccount(tx, accountId);
    await requireLease(tx, input);
    const standing = await readStanding(tx, accountId);
    if (standing.status !== 'frozen') return;
    await tx
      .update(account)
      .set({
        freezeSince: freeze?.since ?? null,
        freezeUntil: freeze?.until ?? null,
        freezeAppealUrl: freeze?.appealUrl ?? null,
        freezeCheckAt: freeze ? later(ctx.now, askAgainMs) : null,
      })
      .where(eq(account.id, accountId));
    await appendAudit(tx, ctx, { action: 'account.freeze_read', entityId: accountId, after: { freeze } });
    if (freeze) {
      const error = standing.statusError ?? 'FROZEN_METHOD_INVALID';
      const { until, appealUrl } = freeze;
      const payload = { accountId, error, until: until?.toISOString() ?? null, appealUrl: appealUrl ?? null };
      return appendEvent(tx, ctx, { kind: 'account.frozen', payload });
    }
    await saveStanding(tx, accountId, standingRestored(standing, ctx.now));
    await wakeLane(tx, accountId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'account.recovered', payload: { accountId } });
  });
