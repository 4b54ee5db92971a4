import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Standing } from '#core/account/standing.ts';
import { isLongWait } from '#core/parsing/handover.ts';
import { OPEN_PARSE_STATUSES } from '#core/parsing/life.ts';
import { wantAccess } from './accounts.ts';
import { allocateAccount } from './allocation.ts';
import { appendAudit } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { account, communityAccess, parseTask } from './schema/index.ts';

type Task = { taskId: string; communityId: string; accountId: string };

/**
 * Gives a task to another account, at the place it has reached; that account reads the community first if it must.
 * `because` is what befell the account before, Telegram's error name.
 */
export const moveTask = async (tx: Tx, ctx: CommandContext, to: Task, because: string): Promise<void> => {
  const { taskId, communityId, accountId } = to;
  const [access] = await tx
    .select({ accessHash: communityAccess.accessHash })
    .from(communityAccess)
    .where(and(eq(communityAccess.communityId, communityId), eq(communityAccess.accountId, accountId)));
  const status = access?.accessHash ? 'waiting' : 'checking';
  if (status === 'checking') await wantAccess(tx, { ...to, workspaceId: ctx.workspaceId, now: ctx.now });
  await tx
    .update(parseTask)
    .set({ accountId, status, nextPageAt: ctx.now, failuresInRow: 0, asked: [], movedBecause: because })
    .where(eq(parseTask.id, taskId));
  await appendEvent(tx, ctx, { kind: 'parse_task.moved', payload: { taskId, accountId, error: because } });
  await appendAudit(tx, ctx, {
    action: 'parse_task.moved',
    entityId: taskId,
    after: { accountId, status, because },
  });
};

/**
 * An account rests: after a short rest it goes on with its open tasks itself. For a long one each goes to an account
 * that is at work, or waits where it is and says until when.
 */
export const handTasksOver = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  { recoversAt, wantsPerson }: Pick<Standing, 'recoversAt' | 'wantsPerson'>,
  because: string,
): Promise<void> => {
  const until = wantsPerson ? null : recoversAt;
  const isLong = isLongWait(ctx.now, until);
  for (const task of await openTasks(tx, eq(parseTask.accountId, accountId))) {
    if (isLong && (await goesOn(tx, ctx, task, because))) continue;
    const payload = { taskId: task.taskId, error: because, until: until?.toISOString() ?? null };
    await appendEvent(tx, ctx, { kind: 'parse_task.waits', payload });
  }
};

/** An account has come to work: it may go on with what waits too long for others. */
export const adoptWaitingTasks = async (tx: Tx, ctx: CommandContext): Promise<void> => {
  const waiting = await openTasks(tx, sql`${account.status} <> 'active'`);
  for (const task of waiting) {
    if (isLongWait(ctx.now, task.recoversAt)) await goesOn(tx, ctx, task, task.because ?? 'unknown');
  }
};

const openTasks = (tx: Tx, condition: ReturnType<typeof sql>) =>
  tx
    .select({
      taskId: parseTask.id,
      communityId: parseTask.communityId,
      accountId: account.id,
      recoversAt: account.recoversAt,
      because: account.statusError,
    })
    .from(parseTask)
    .innerJoin(account, eq(account.id, parseTask.accountId))
    .where(and(inArray(parseTask.status, [...OPEN_PARSE_STATUSES]), condition))
    .orderBy(parseTask.priority, parseTask.createdAt, parseTask.id);

const goesOn = async (tx: Tx, ctx: CommandContext, task: Task, because: string): Promise<boolean> => {
  const { taskId, communityId, accountId: without } = task;
  const accountId = await allocateAccount(tx, ctx, { communityId, without, isAtWork: true });
  if (accountId) await moveTask(tx, ctx, { taskId, communityId, accountId }, because);
  return accountId !== undefined;
};
