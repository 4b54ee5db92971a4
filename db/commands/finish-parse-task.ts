import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { parseTask } from '../schema/communities.ts';

/** The source has no further page. Refuses with `conflict` when the lease was lost or the task does not run here. */
export const finishParseTask = (
  ctx: CommandContext,
  input: { taskId: string; accountId: string; leaseToken: number },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    await requireLease(tx, input);
    const finished = await tx
      .update(parseTask)
      .set({ status: 'done', nextPageAt: null, finishedAt: ctx.now })
      .where(
        and(
          eq(parseTask.id, input.taskId),
          eq(parseTask.accountId, input.accountId),
          eq(parseTask.status, 'running'),
        ),
      )
      .returning({ people: parseTask.peopleCount });
    const { people } = onlyRow(finished, 'conflict');
    await appendEvent(tx, ctx, { kind: 'parse_task.finished', payload: { taskId: input.taskId, people } });
    await appendAudit(tx, ctx, { action: 'parse_task.finished', entityId: input.taskId, after: { people } });
  });
