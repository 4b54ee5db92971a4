import { and, eq, sql } from 'drizzle-orm';
import type { AccountChange } from '#core/account/reaction.ts';
import { findReader, recoverableStatuses, wantAccess } from './accounts.ts';
import { pauseIfRunning } from './campaign-state.ts';
import { appendAudit, at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { account, communityAccess, parseTask } from './schema/index.ts';

/**
 * Applies what a failure did to an account: its status and the row that brings it back, the parse tasks it can no
 * longer read, and the campaigns that have nobody left to invite. The caller holds the account's lock.
 */
export const applyAccountChange = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  change: AccountChange,
): Promise<void> => {
  const { status, recoversAt, error } = change;
  await tx
    .update(account)
    .set({
      status,
      recoversAt,
      statusError: error,
      nextSlotAt: null,
      nextSlotBecause: status,
      ...(error === 'PEER_FLOOD' && { peerFloods: sql`array_append(peer_floods, ${at(ctx.now)})` }),
    })
    .where(eq(account.id, accountId));
  await appendEvent(tx, ctx, eventOf(accountId, change));
  await appendAudit(tx, ctx, {
    action: `account.${status}`,
    entityId: accountId,
    after: { error, recoversAt },
  });
  await moveTasks(tx, ctx, accountId);
  if (!recoversAt) await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
};

const eventOf = (accountId: string, { status, recoversAt, error }: AccountChange) => {
  const until = recoversAt?.toISOString();
  return until && (status === 'cooling' || status === 'blocked')
    ? ({ kind: `account.${status}`, payload: { accountId, until, error } } as const)
    : ({ kind: 'account.signed_out', payload: { accountId, error } } as const);
};

/** Open parse tasks go on with another account where there is one; without one they wait for this one. */
const moveTasks = async (tx: Tx, ctx: CommandContext, accountId: string): Promise<void> => {
  const tasks = await tx
    .select({ id: parseTask.id, communityId: parseTask.communityId })
    .from(parseTask)
    .where(and(eq(parseTask.accountId, accountId), sql`status in ('checking', 'waiting', 'running')`));
  for (const task of tasks) {
    const nextId = await findReader(tx, accountId);
    if (nextId)
      await moveTask(tx, ctx, { taskId: task.id, communityId: task.communityId, accountId: nextId });
  }
};

/** Gives a task to another account, at the place it has reached; that account reads the community first if it must. */
export const moveTask = async (
  tx: Tx,
  ctx: CommandContext,
  to: { taskId: string; communityId: string; accountId: string },
): Promise<void> => {
  const [access] = await tx
    .select({ accessHash: communityAccess.accessHash })
    .from(communityAccess)
    .where(and(eq(communityAccess.communityId, to.communityId), eq(communityAccess.accountId, to.accountId)));
  const status = access?.accessHash ? 'waiting' : 'checking';
  if (status === 'checking') await wantAccess(tx, { workspaceId: ctx.workspaceId, ...to });
  await tx
    .update(parseTask)
    .set({ accountId: to.accountId, status, nextPageAt: ctx.now, failuresInRow: 0 })
    .where(eq(parseTask.id, to.taskId));
  await appendAudit(tx, ctx, {
    action: 'parse_task.moved',
    entityId: to.taskId,
    after: { accountId: to.accountId, status },
  });
};

/** Pauses each running campaign of the account that has no inviting account left. */
export const pauseCampaignsWithoutAccounts = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
): Promise<void> => {
  const stranded = await tx.execute<{ id: string }>(sql`
    select c.id from campaign c join campaign_account mine on mine.campaign_id = c.id
    where mine.account_id = ${accountId} and c.status = 'running' and not exists (
      select from campaign_account ca
      join account a on a.id = ca.account_id and a.status in ${recoverableStatuses}
      join community_access x on x.account_id = ca.account_id and x.community_id = c.community_id
      where ca.campaign_id = c.id and x.may_invite)`);
  for (const { id } of stranded) await pauseIfRunning(tx, ctx, id, 'no_inviting_account');
};
