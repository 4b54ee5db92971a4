import { sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { readStanding } from '../accounts.ts';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { wakeLane } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';
import { adoptWaitingTasks } from '../parse-handover.ts';

/**
 * A person lets an account act again after repeated spam warnings; half limits hold for a day. Refuses with
 * `account.not_waiting` when it waits for nobody, with `account.still_blocked` before the end of its wait, and with
 * `account.reason_missing`.
 */
export const resumeAccount = (
  ctx: CommandContext,
  input: { accountId: string; reason: string },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId } = input;
    const reason = input.reason.trim();
    if (!reason) throw new Refused('account.reason_missing');
    await lockAccount(tx, accountId);
    const standing = await readStanding(tx, accountId);
    const { status, recoversAt, wantsPerson } = standing;
    if (!wantsPerson || (status !== 'blocked' && status !== 'cooling')) {
      throw new Refused('account.not_waiting');
    }
    if (recoversAt && recoversAt > ctx.now) {
      throw new Refused('account.still_blocked', { until: utc(recoversAt) });
    }
    await tx.execute(sql`
      update account set status = 'active', status_error = null, recovers_at = null, wait_error = null,
        wants_person = false, resumed_at = ${at(ctx.now)}, next_slot_because = null
      where id = ${accountId}`);
    await wakeLane(tx, accountId, ctx.now);
    await adoptWaitingTasks(tx, ctx);
    await appendEvent(tx, ctx, { kind: 'account.recovered', payload: { accountId } });
    await appendAudit(tx, ctx, {
      action: 'account.resumed',
      entityId: accountId,
      before: { status, recoversAt },
      after: { reason },
    });
  });

const utc = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
