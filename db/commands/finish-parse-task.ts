import { and, eq } from 'drizzle-orm';
import { whyNobody } from '#core/parsing/nobody.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { keepFrequentAuthors, wishOf } from '../parse-tasks.ts';
import { parseTask } from '../schema/communities.ts';

/**
 * The source has no further page. A task that found nobody says why. Refuses with `conflict` when the lease was lost or
 * the task does not run here.
 */
export const finishParseTask = (
  ctx: CommandContext,
  input: { taskId: string; accountId: string; leaseToken: number },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { taskId } = input;
    await requireLease(tx, input);
    const finished = await tx
      .update(parseTask)
      .set({ status: 'done', nextPageAt: null, finishedAt: ctx.now })
      .where(
        and(
          eq(parseTask.id, taskId),
          eq(parseTask.accountId, input.accountId),
          eq(parseTask.status, 'running'),
        ),
      )
      .returning();
    const task = onlyRow(finished, 'conflict');
    const wish = wishOf(task);
    const { people, authors } = await keepFrequentAuthors(tx, { taskId, wish, people: task.peopleCount });
    const because =
      people > 0 ? null : whyNobody({ source: task.source, wish, seen: task.seenCount, authors });
    if (because) await tx.update(parseTask).set({ reason: because }).where(eq(parseTask.id, taskId));
    await appendEvent(tx, ctx, { kind: 'parse_task.finished', payload: { taskId, people, because } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.finished',
      entityId: taskId,
      after: { people, because },
    });
  });
