import { sql } from 'drizzle-orm';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { wakeLane } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';
import { adoptWaitingTasks } from '../parse-handover.ts';

/** Brings back every account of the workspace whose cooling or block is over and that needs no person's word. */
export const recoverAccounts = (ctx: CommandContext): Promise<{ accountIds: string[] }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const recovered = await tx.execute<{ id: string }>(sql`
      update account set status = 'active', recovers_at = null, wait_error = null, status_error = null,
        next_slot_because = null
      where status in ('cooling', 'blocked') and not wants_person and recovers_at <= ${at(ctx.now)}
      returning id`);
    for (const { id } of recovered) {
      await wakeLane(tx, id, ctx.now);
      await appendEvent(tx, ctx, { kind: 'account.recovered', payload: { accountId: id } });
      await appendAudit(tx, ctx, { action: 'account.recovered', entityId: id });
    }
    if (recovered.length > 0) await adoptWaitingTasks(tx, ctx);
    return { accountIds: recovered.map((row) => row.id) };
  });
