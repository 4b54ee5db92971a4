import { and, eq } from 'drizzle-orm';
import { judgeParse } from '#core/community/parsing.ts';
import type { RefusalCode } from '#core/refusals.ts';
import type { CommunityFacts } from '#core/telegram/user-session.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { parseTask } from './schema/communities.ts';

/** Lets the tasks that waited for this account's check of the community begin, or refuses them with the reason. */
export const judgeCheckingTasks = async (
  tx: Tx,
  ctx: CommandContext,
  seen: { communityId: string; accountId: string; facts: CommunityFacts; recentComments: number | null },
): Promise<void> => {
  const { communityId, accountId, facts, recentComments } = seen;
  const waiting = await tx
    .select({ id: parseTask.id, source: parseTask.source })
    .from(parseTask)
    .where(
      and(
        eq(parseTask.communityId, communityId),
        eq(parseTask.accountId, accountId),
        eq(parseTask.status, 'checking'),
      ),
    );
  const { kind, membersHidden, own } = facts;
  for (const task of waiting) {
    const verdict = judgeParse({ kind, membersHidden, isAdmin: own.isAdmin, recentComments }, task.source);
    if (verdict.ok) {
      await tx
        .update(parseTask)
        .set({ status: 'waiting', nextPageAt: ctx.now })
        .where(eq(parseTask.id, task.id));
    } else {
      await refuseTask(tx, ctx, task.id, verdict.refusal.code);
    }
  }
};

/** Ends a task before it began, visibly. */
export const refuseTask = async (
  tx: Tx,
  ctx: CommandContext,
  taskId: string,
  code: RefusalCode,
): Promise<void> => {
  await tx
    .update(parseTask)
    .set({ status: 'refused', reason: code, finishedAt: ctx.now })
    .where(eq(parseTask.id, taskId));
  await appendEvent(tx, ctx, { kind: 'parse_task.refused', payload: { taskId, code } });
};
