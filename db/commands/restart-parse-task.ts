import { sql } from 'drizzle-orm';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { judgeTask, reopenTask } from '../parse-tasks.ts';

/**
 * A task that is over begins anew. Whom it has found it keeps and finds no second time; messages are counted afresh.
 * Refuses with `parse_task.not_restartable`, or as a new task would be refused.
 */
export const restartParseTask = (ctx: CommandContext, { taskId }: { taskId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { task } = await judgeTask(tx, taskId, 'restart');
    await tx.execute(sql`
      update sighting set message_count = 0 where parse_task_id = ${taskId} and message_count > 0`);
    const after = await reopenTask(tx, ctx, task, {
      cursor: null,
      asked: [],
      seenCount: 0,
      mediaCount: 0,
      impersonalCount: 0,
      totalCount: null,
      movedBecause: null,
      startedAt: null,
      finishedAt: null,
    });
    await appendEvent(tx, ctx, { kind: 'parse_task.restarted', payload: { taskId } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.restarted',
      entityId: taskId,
      before: { status: task.status, seen: task.seenCount, people: task.peopleCount },
      after,
    });
  });
