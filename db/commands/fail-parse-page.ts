import { and, eq } from 'drizzle-orm';
import { type PageFailure, reactToPageFailure } from '#core/parsing/failure.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange, pauseCampaignsWithoutAccounts } from '../account-fate.ts';
import { allocateAccount } from '../allocation.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { lockPeerFloods } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { moveTask } from '../parse-handover.ts';
import { policyInForce } from '../policies.ts';
import { communityAccess, parseTask } from '../schema/index.ts';

/**
 * A page of the task was not answered. By core's rule the same page is asked again later, the task goes on with
 * another account, or it ends; an account in trouble cools, blocks or signs out in the same transaction.
 * Refuses with `conflict` when the lease was lost or the task does not run here.
 */
export const failParsePage = (
  ctx: CommandContext,
  input: { taskId: string; accountId: string; leaseToken: number; failure: RpcFailure },
): Promise<{ task: PageFailure['task'] }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { taskId, accountId } = input;
    await requireLease(tx, input);
    const peerFloods = await lockPeerFloods(tx, accountId);
    const tasks = await tx
      .select({ failuresInRow: parseTask.failuresInRow, communityId: parseTask.communityId })
      .from(parseTask)
      .where(
        and(eq(parseTask.id, taskId), eq(parseTask.accountId, accountId), eq(parseTask.status, 'running')),
      )
      .for('update');
    const { failuresInRow, communityId } = onlyRow(tasks, 'conflict');
    const reaction = reactToPageFailure(input.failure, ctx.now, await policyInForce(tx, ctx), {
      peerFloods,
      failuresInRow,
    });

    const place = { taskId, accountId, communityId };
    if (reaction.detachesAccount) await detach(tx, ctx, place);
    await settleTask(tx, ctx, place, reaction, failuresInRow);
    if (reaction.account) await applyAccountChange(tx, ctx, accountId, reaction.account);
    await appendAudit(tx, ctx, {
      action: 'parse_task.page_failed',
      entityId: taskId,
      after: { accountId, error: reaction.reason, task: reaction.task.kind },
    });
    return { task: reaction.task };
  });

type Place = { taskId: string; accountId: string; communityId: string };

const detach = async (tx: Tx, ctx: CommandContext, { accountId, communityId }: Place): Promise<void> => {
  await tx
    .update(communityAccess)
    .set({ accessHash: null, mayInvite: false, refusal: 'community.private', checkedAt: ctx.now })
    .where(and(eq(communityAccess.accountId, accountId), eq(communityAccess.communityId, communityId)));
  await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
};

const settleTask = async (
  tx: Tx,
  ctx: CommandContext,
  place: Place,
  { task, reason, account: change }: PageFailure,
  failuresInRow: number,
): Promise<void> => {
  const { taskId, accountId, communityId } = place;
  if (task.kind === 'again') {
    await tx
      .update(parseTask)
      .set({ reason, nextPageAt: task.at, failuresInRow: failuresInRow + 1 })
      .where(eq(parseTask.id, taskId));
    return;
  }
  // An account in trouble moves all its tasks when its change is applied.
  if (task.kind === 'move' && change) return;
  const nextId =
    task.kind === 'move' ? await allocateAccount(tx, ctx, { communityId, without: accountId }) : undefined;
  if (nextId) return moveTask(tx, ctx, { taskId, communityId, accountId: nextId }, reason);
  await tx
    .update(parseTask)
    .set({ status: 'failed', reason, nextPageAt: null, finishedAt: ctx.now })
    .where(eq(parseTask.id, taskId));
  await appendEvent(tx, ctx, { kind: 'parse_task.failed', payload: { taskId, error: reason } });
};
