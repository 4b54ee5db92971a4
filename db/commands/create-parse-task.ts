import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { judgeWish, type ParseWish } from '#core/parsing/wish.ts';
import { Refused } from '#core/refusals.ts';
import type { ParseSource, ParseSpeed, ParseStatus, Priority } from '#core/statuses.ts';
import { allocateAccount } from '../allocation.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { placeTask, refuseSecondTask } from '../parse-tasks.ts';
import { account, community, parseTask } from '../schema/index.ts';

export type CreateParseTaskInput = {
  communityId: string;
  source: ParseSource;
  speed: ParseSpeed;
  priority: Priority;
  wish?: ParseWish;
  /** Who reads it; without it the least burdened account. Several accounts may each read the same source. */
  accountId?: string;
};

/**
 * Orders the collecting of people. When the account has read the community the task is judged at once and refused by
 * throwing; else it is `checking` until the account has. Refuses with `invalid_input` a wish that the source cannot grant.
 */
export const createParseTask = (
  ctx: CommandContext,
  input: CreateParseTaskInput,
): Promise<{ taskId: string; status: ParseStatus }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { communityId, source, speed, priority, wish = {} } = input;
    orRefuse(judgeWish(source, wish));
    const known = await tx
      .select({ mark: community.mark })
      .from(community)
      .where(eq(community.id, communityId))
      .for('no key update');
    if (onlyRow(known, 'not_found').mark === 'blocked') throw new Refused('community.blocked');
    const accountId = await chooseReader(tx, ctx, input);
    await refuseSecondTask(tx, { communityId, source, accountId: input.accountId });
    const status = await placeTask(tx, ctx, { communityId, source, accountId });

    const taskId = randomUUID();
    await tx.insert(parseTask).values({
      id: taskId,
      workspaceId: ctx.workspaceId,
      communityId,
      source,
      speed,
      priority,
      wish,
      status,
      accountId,
      nextPageAt: status === 'waiting' ? ctx.now : null,
      createdAt: ctx.now,
    });
    await appendEvent(tx, ctx, { kind: 'parse_task.requested', payload: { taskId } });
    await appendAudit(tx, ctx, {
      action: 'parse_task.created',
      entityId: taskId,
      after: { communityId, source, speed, priority, wish, accountId, status },
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
