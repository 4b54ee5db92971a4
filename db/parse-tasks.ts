import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { judgeParse } from '#core/community/parsing.ts';
import { OPEN_PARSE_STATUSES, type ParseEvent, transition } from '#core/parsing/life.ts';
import { type ParseWish, parseWishSchema } from '#core/parsing/wish.ts';
import { Refused } from '#core/refusals.ts';
import type { ParseSource, ParseStatus } from '#core/statuses.ts';
import { recoversByItself, wantAccess } from './accounts.ts';
import { allocateAccount } from './allocation.ts';
import { onlyRow, orRefuse } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { community, communityAccess, parseTask } from './schema/index.ts';

export type ParseTaskRow = typeof parseTask.$inferSelect;

/**
 * A task locked against its next page, and the status that `event` gives it. Refuses with `not_found`, or by the rules of
 * a task's life.
 */
export const judgeTask = async (
  tx: Tx,
  taskId: string,
  event: ParseEvent,
): Promise<{ task: ParseTaskRow; to: ParseStatus | 'gone' }> => {
  const found = await tx.select().from(parseTask).where(eq(parseTask.id, taskId)).for('update');
  const task = onlyRow(found, 'not_found');
  return { task, to: orRefuse(transition(task.status, event)) };
};

/**
 * Who reads a community and whether it may at once: judged where the account has read it, `checking` until then. Locks
 * the community, so that of two orders for one source the later sees the first. Refuses by throwing.
 */
export const placeTask = async (
  tx: Tx,
  ctx: CommandContext,
  order: { communityId: string; source: ParseSource; accountId: string },
): Promise<'waiting' | 'checking'> => {
  const { communityId, source, accountId } = order;
  const found = await tx.select().from(community).where(eq(community.id, communityId)).for('no key update');
  const facts = onlyRow(found, 'not_found');
  const [access] = await tx
    .select()
    .from(communityAccess)
    .where(and(eq(communityAccess.communityId, communityId), eq(communityAccess.accountId, accountId)));
  if (access?.refusal) throw new Refused('community.no_account_sees_it');
  if (!access?.accessHash || !facts.kind || !facts.checkedAt) {
    await wantAccess(tx, { workspaceId: ctx.workspaceId, accountId, communityId, now: ctx.now });
    return 'checking';
  }
  const { kind, recentComments } = facts;
  const membersHidden = facts.membersHidden ?? false;
  orRefuse(judgeParse({ kind, membersHidden, isAdmin: access.isAdmin, recentComments }, source));
  return 'waiting';
};

/** One source is read once at a time; a second account may read it too when it was asked for by name. */
export const refuseSecondTask = async (
  tx: Tx,
  of: { communityId: string; source: ParseSource; accountId?: string | undefined; taskId?: string },
): Promise<void> => {
  const [open] = await tx
    .select({ id: parseTask.id })
    .from(parseTask)
    .where(
      and(
        eq(parseTask.communityId, of.communityId),
        eq(parseTask.source, of.source),
        inArray(parseTask.status, [...OPEN_PARSE_STATUSES]),
        of.accountId ? eq(parseTask.accountId, of.accountId) : undefined,
        of.taskId ? ne(parseTask.id, of.taskId) : undefined,
      ),
    )
    .limit(1);
  if (open) throw new Refused('parse_task.already_running');
};

/**
 * A task that was stopped goes on, with its own account if that will work by itself, else with another one. `change` is
 * what else becomes of it.
 */
export const reopenTask = async (
  tx: Tx,
  ctx: CommandContext,
  task: ParseTaskRow,
  change: Partial<ParseTaskRow> = {},
): Promise<{ status: ParseStatus; accountId: string }> => {
  const { id: taskId, communityId, source } = task;
  const accountId = await chooseReader(tx, ctx, task);
  const status = await placeTask(tx, ctx, { communityId, source, accountId });
  await refuseSecondTask(tx, { communityId, source, accountId, taskId });
  const nextPageAt = status === 'waiting' ? ctx.now : null;
  await tx
    .update(parseTask)
    .set({ ...change, accountId, status, nextPageAt, reason: null, failuresInRow: 0 })
    .where(eq(parseTask.id, taskId));
  return { status, accountId };
};

const chooseReader = async (tx: Tx, ctx: CommandContext, task: ParseTaskRow): Promise<string> => {
  const { communityId, accountId } = task;
  const [own] = await tx.execute<{ id: string }>(sql`
    select a.id from account a
    where a.id = ${accountId} and ${recoversByItself} and not exists (
      select from community_access x
      where x.account_id = a.id and x.community_id = ${communityId} and x.refusal is not null)`);
  const reader = own?.id ?? (await allocateAccount(tx, ctx, { communityId }));
  if (!reader) throw new Refused('community.no_account_sees_it');
  return reader;
};

/**
 * Lets go of the authors of fewer messages than the wish of a task that ends asks for, and answers how many people are
 * left and how many there were.
 */
export const keepFrequentAuthors = async (
  tx: Tx,
  task: { taskId: string; wish: ParseWish; people: number },
): Promise<{ people: number; authors: number }> => {
  const { taskId, people: authors } = task;
  const { minMessages } = task.wish;
  if (minMessages === undefined) return { people: authors, authors };
  const dropped = await countOf(
    tx,
    sql`delete from sighting where parse_task_id = ${taskId} and message_count < ${minMessages} returning 1`,
  );
  const people = authors - dropped;
  await tx.update(parseTask).set({ peopleCount: people }).where(eq(parseTask.id, taskId));
  return { people, authors };
};

const countOf = async (tx: Tx, statement: SQL): Promise<number> => {
  const [row] = await tx.execute<{ count: number }>(
    sql`with done as (${statement}) select count(*)::int as count from done`,
  );
  return row?.count ?? 0;
};

export const wishOf = (task: Pick<ParseTaskRow, 'wish'>): ParseWish => parseWishSchema.parse(task.wish);
