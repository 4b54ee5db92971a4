import { and, eq, sql } from 'drizzle-orm';
import { reactToPageFailure } from '#core/parsing/failure.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockPeerFloods } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { policyInForce } from '../policies.ts';
import { communitySearch } from '../schema/communities.ts';

/**
 * A search was not answered. As with a page of a parse: a lost answer is asked for again, an account in trouble hands the
 * search on, and everything else ends it with the reason. Refuses with `conflict` when the lease was lost.
 */
export const failCommunitySearch = (
  ctx: CommandContext,
  input: { searchId: string; accountId: string; leaseToken: number; failure: RpcFailure },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { searchId, accountId } = input;
    await requireLease(tx, input);
    const peerFloods = await lockPeerFloods(tx, accountId);
    const isThis = and(eq(communitySearch.id, searchId), eq(communitySearch.status, 'waiting'));
    const searches = await tx
      .select({ failuresInRow: communitySearch.failuresInRow })
      .from(communitySearch)
      .where(isThis)
      .for('update');
    const { failuresInRow } = onlyRow(searches, 'conflict');
    const policy = await policyInForce(tx, ctx);
    const {
      task,
      reason,
      account: change,
    } = reactToPageFailure(input.failure, ctx.now, policy, {
      peerFloods,
      failuresInRow,
    });
    if (task.kind === 'again') {
      await tx
        .update(communitySearch)
        .set({ searchAt: task.at, reason, failuresInRow: sql`failures_in_row + 1` })
        .where(isThis);
    } else if (change) {
      await tx.update(communitySearch).set({ reason }).where(isThis);
      await applyAccountChange(tx, ctx, accountId, change);
    } else {
      await tx
        .update(communitySearch)
        .set({ status: 'failed', reason, searchAt: null, finishedAt: ctx.now })
        .where(isThis);
      await appendEvent(tx, ctx, {
        kind: 'community_search.failed',
        payload: { searchId, error: reason },
      });
    }
    await appendAudit(tx, ctx, {
      action: 'community_search.not_answered',
      entityId: searchId,
      after: { accountId, error: reason, task: task.kind },
    });
  });
