import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RefusalCode } from '#core/refusals.ts';
import { pauseCampaignsWithoutAccounts } from './account-fate.ts';
import { allocateAccount } from './allocation.ts';
import { appendAudit } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { moveTask } from './parse-handover.ts';
import { refuseTask } from './parse-judgement.ts';
import { community, communityAccess, parseTask } from './schema/index.ts';

/**
 * An account could not read the community. While no other account ever could, the community itself is refused; the
 * account's parse tasks that waited for the check are refused, or go on with the next where another account had begun
 * them, and its campaigns pause when nobody is left.
 */
export const refuseCheck = async (
  tx: Tx,
  ctx: CommandContext,
  input: { communityId: string; accountId: string; code: RefusalCode },
): Promise<void> => {
  const { communityId, accountId, code } = input;
  const row = { checkAt: null, checkedAt: ctx.now, refusal: code, accessHash: null, mayInvite: false };
  await tx
    .insert(communityAccess)
    .values({ workspaceId: ctx.workspaceId, accountId, communityId, ...row })
    .onConflictDoUpdate({ target: [communityAccess.accountId, communityAccess.communityId], set: row });
  await tx
    .update(community)
    .set({ refusal: code })
    .where(and(eq(community.id, communityId), isNull(community.checkedAt)));
  const tasks = await tx
    .select({ id: parseTask.id, startedAt: parseTask.startedAt })
    .from(parseTask)
    .where(
      and(
        eq(parseTask.communityId, communityId),
        eq(parseTask.accountId, accountId),
        sql`status = 'checking'`,
      ),
    );
  for (const task of tasks) {
    const { id: taskId } = task;
    const next = task.startedAt
      ? await allocateAccount(tx, ctx, { communityId, without: accountId })
      : undefined;
    if (next) await moveTask(tx, ctx, { taskId, communityId, accountId: next }, code);
    else await refuseTask(tx, ctx, taskId, code);
  }
  await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
  await appendEvent(tx, ctx, { kind: 'community.checked', payload: { communityId } });
  await appendAudit(tx, ctx, {
    action: 'community.refused',
    entityId: communityId,
    after: { accountId, code },
  });
};
