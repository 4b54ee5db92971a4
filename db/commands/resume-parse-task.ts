import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { judgeTask, reopenTask } from '../parse-tasks.ts';

/**
 * A paused task goes on where it stopped, with another account if its own is out of work for good. Refuses with
 * `parse_task.not_resumable`, or as a new task would be refused.
 */
export const resumeParseTask = (ctx: CommandContext, { taskId }: { taskId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { task } = await judgeTask(tx, taskId, 'resume');
    const after = await reopenTask(tx, ctx, task);
    await appendEvent(tx, ctx, { kind: 'parse_task.resumed', payload: { taskId } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.resumed',
      entityId: taskId,
      before: { status: task.status },
      after,
    });
  });
