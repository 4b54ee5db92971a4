import { and, eq } from 'drizzle-orm';
import type { ListedCommunity } from '#core/telegram/user-session.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import { saveFound } from '../community-searches.ts';
import type { CommandContext } from '../context.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { communitySearch } from '../schema/communities.ts';

/** Keeps what an account found and ends the search; each community is read by and by. Found nothing is an answer too. */
export const recordCommunitySearch = (
  ctx: CommandContext,
  input: {
    searchId: string;
    accountId: string;
    leaseToken: number;
    communities: readonly ListedCommunity[];
  },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { searchId, accountId } = input;
    await requireLease(tx, input);
    const ended = await tx
      .update(communitySearch)
      .set({ status: 'done', searchAt: null, reason: null, finishedAt: ctx.now })
      .where(
        and(
          eq(communitySearch.id, searchId),
          eq(communitySearch.accountId, accountId),
          eq(communitySearch.status, 'waiting'),
        ),
      )
      .returning({ id: communitySearch.id });
    onlyRow(ended, 'conflict');
    const found = await saveFound(tx, ctx, input);
    await appendEvent(tx, ctx, { kind: 'community_search.done', payload: { searchId, found } });
    await appendAudit(tx, ctx, {
      action: 'community_search.done',
      entityId: searchId,
      after: { accountId, found },
    });
  });
