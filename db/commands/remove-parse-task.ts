import { and, eq, sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { judgeTask } from '../parse-tasks.ts';
import { audience, parseTask } from '../schema/index.ts';

/**
 * Deletes a task with what it saw. People whom another task saw, an audience holds or a campaign names stay; all others
 * are forgotten. Refuses with `parse_task.not_removable` while it is open, with `parse_task.in_use` while an audience is
 * being built from it.
 */
export const removeParseTask = (ctx: CommandContext, { taskId }: { taskId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { task } = await judgeTask(tx, taskId, 'remove');
    const [building] = await tx
      .select({ id: audience.id })
      .from(audience)
      .where(
        and(
          eq(audience.status, 'building'),
          sql`${audience.source} -> 'taskIds' @> ${JSON.stringify([taskId])}::jsonb`,
        ),
      )
      .limit(1);
    if (building) throw new Refused('parse_task.in_use');
    const forgotten = await forgetPeople(tx, taskId);
    await tx.delete(parseTask).where(eq(parseTask.id, taskId));
    await appendEvent(tx, ctx, { kind: 'parse_task.removed', payload: { taskId } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.removed',
      entityId: taskId,
      before: { status: task.status, people: task.peopleCount },
      after: { forgotten },
    });
  });

/** A person who is being seen again in this moment has another `seen_at` by the time their row is free, and stays. */
const forgetPeople = async (tx: Tx, taskId: string): Promise<number> => {
  const [row] = await tx.execute<{ forgotten: number }>(sql`
    with gone as (
      delete from sighting where parse_task_id = ${taskId} returning person_id
    ), unused as materialized (
      select p.id, p.seen_at from gone join person p on p.id = gone.person_id
      where not exists (select from sighting s where s.person_id = p.id and s.parse_task_id <> ${taskId})
        and not exists (select from audience_member m where m.person_id = p.id)
        and not exists (select from target t where t.person_id = p.id)
        and not exists (select from attempt a where a.person_id = p.id)
    ), unreferred as (
      delete from peer_ref using unused where peer_ref.person_id = unused.id
    ), forgotten as (
      delete from person using unused where person.id = unused.id and person.seen_at = unused.seen_at
      returning 1
    )
    select count(*)::int as forgotten from forgotten`);
  return row?.forgotten ?? 0;
};
