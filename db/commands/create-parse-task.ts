import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { judgeParse } from '#core/community/parsing.ts';
import { Refused } from '#core/refusals.ts';
import type { ParseSource, ParseSpeed, ParseStatus, Priority } from '#core/statuses.ts';
import { wantAccess } from '../accounts.ts';
import { allocateAccount } from '../allocation.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { account, community, communityAccess, parseTask } from '../schema/index.ts';

export type CreateParseTaskInput = {
  communityId: string;
  source: ParseSource;
  speed: ParseSpeed;
  priority: Priority;
  /** Who reads it; without it the least burdened account. Several accounts may each read the same source. */
  accountId?: string;
};

/**
 * Orders the collecting of people. When the account has read the community the task is judged at once and refused by
 * throwing; else it is `checking` until the account has.
 */
export const createParseTask = (
  ctx: CommandContext,
  input: CreateParseTaskInput,
): Promise<{ taskId: string; status: ParseStatus }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { communityId, source } = input;
    const found = await tx.select().from(community).where(eq(community.id, communityId)).for('no key update');
    const facts = onlyRow(found, 'not_found');
    if (facts.mark === 'blocked') throw new Refused('community.blocked');
    const accountId = await chooseReader(tx, ctx, input);
    await refuseSecondTask(tx, input, accountId);

    const [access] = await tx
      .select()
      .from(communityAccess)
      .where(and(eq(communityAccess.communityId, communityId), eq(communityAccess.accountId, accountId)));
    if (access?.refusal) throw new Refused('community.no_account_sees_it');
    const isRead = Boolean(access?.accessHash && facts.kind && facts.checkedAt);
    if (access && isRead && facts.kind) {
      const { kind, recentComments } = facts;
      const membersHidden = facts.membersHidden ?? false;
      orRefuse(judgeParse({ kind, membersHidden, isAdmin: access.isAdmin, recentComments }, source));
    } else {
      await wantAccess(tx, { workspaceId: ctx.workspaceId, accountId, communityId, now: ctx.now });
    }

    const taskId = randomUUID();
    const status: ParseStatus = isRead ? 'waiting' : 'checking';
    await tx.insert(parseTask).values({
      id: taskId,
      workspaceId: ctx.workspaceId,
      communityId,
      source,
      speed: input.speed,
      priority: input.priority,
      status,
      accountId,
      nextPageAt: isRead ? ctx.now : null,
      createdAt: ctx.now,
    });
    await appendEvent(tx, ctx, { kind: 'parse_task.requested', payload: { taskId } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.created',
      entityId: taskId,
      after: { communityId, source, speed: input.speed, priority: input.priority, accountId, status },
    });
    return { taskId, status };
  });

const chooseReader = async (tx: Tx, ctx: CommandContext, input: CreateParseTaskInput): Promise<string> => {
  if (!input.accountId) {
    const reader = await allocateAccount(tx, ctx, { communityId: input.communityId });
    if (!reader) throw new Refused('community.no_account_sees_it');
    return reader;
  }
  const found = await tx.select({ id: account.id }).from(account).where(eq(account.id, input.accountId));
  return onlyRow(found, 'not_found').id;
};

/** One source is read once at a time; a second account may read it too when it was asked for by name. */
const refuseSecondTask = async (tx: Tx, input: CreateParseTaskInput, accountId: string): Promise<void> => {
  const [open] = await tx
    .select({ id: parseTask.id })
    .from(parseTask)
    .where(
      and(
        eq(parseTask.communityId, input.communityId),
        eq(parseTask.source, input.source),
        inArray(parseTask.status, ['checking', 'waiting', 'running']),
        input.accountId ? eq(parseTask.accountId, accountId) : undefined,
      ),
    )
    .limit(1);
  if (open) throw new Refused('parse_task.already_running');
};
