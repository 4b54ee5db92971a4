import { eq } from 'drizzle-orm';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { judgeTask, keepFrequentAuthors, wishOf } from '../parse-tasks.ts';
import { parseTask } from '../schema/communities.ts';

/** Ends a task; whom it has found stays found. Refuses with `parse_task.not_cancellable`. */
export const cancelParseTask = (ctx: CommandContext, { taskId }: { taskId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { task } = await judgeTask(tx, taskId, 'cancel');
    const wish = wishOf(task);
    const { people } = await keepFrequentAuthors(tx, { taskId, wish, people: task.peopleCount });
    await tx
      .update(parseTask)
      .set({ status: 'cancelled', nextPageAt: null, finishedAt: ctx.now })
      .where(eq(parseTask.id, taskId));
    await appendEvent(tx, ctx, { kind: 'parse_task.cancelled', payload: { taskId, people } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.cancelled',
      entityId: taskId,
      before: { status: task.status },
      after: { status: 'cancelled', people },
    });
  });
