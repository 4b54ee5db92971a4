import { eq } from 'drizzle-orm';
import { judgeKeptDays } from '#core/retention.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { retention } from '../schema/retention.ts';

/**
 * The workspace keeps collected people whom nothing uses for so many days, from the next passage on, which is due now.
 * Refuses with `retention.out_of_range`.
 */
export const changeRetention = (ctx: CommandContext, input: { keptDays: number }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const keptDays = orRefuse(judgeKeptDays(input.keptDays));
    const found = await tx.select().from(retention).for('update');
    const before = onlyRow(found, 'not_found');
    await tx
      .update(retention)
      .set({ keptDays, dueAt: ctx.now })
      .where(eq(retention.workspaceId, ctx.workspaceId));
    await appendEvent(tx, ctx, { kind: 'retention.changed', payload: { keptDays } });
    await appendAudit(tx, ctx, {
      action: 'retention.changed',
      before: { keptDays: before.keptDays },
      after: { keptDays },
    });
  });
