import { eq } from 'drizzle-orm';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { judgeTask } from '../parse-tasks.ts';
import { parseTask } from '../schema/communities.ts';

/**
 * No further page is stored; the place that was reached is kept, and a page that is under way is read again when the
 * task goes on. Refuses with `parse_task.not_pausable`.
 */
export const pauseParseTask = (ctx: CommandContext, { taskId }: { taskId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { task } = await judgeTask(tx, taskId, 'pause');
    await tx.update(parseTask).set({ status: 'paused', nextPageAt: null }).where(eq(parseTask.id, taskId));
    await appendEvent(tx, ctx, { kind: 'parse_task.paused', payload: { taskId } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.paused',
      entityId: taskId,
      before: { status: task.status },
      after: { status: 'paused' },
    });
  });
