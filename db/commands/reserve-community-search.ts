import { and, eq } from 'drizzle-orm';
import { nextSearchAt } from '#core/community/search.ts';
import { Refused } from '#core/refusals.ts';
import type { ChatRef } from '#core/telegram/user-session.ts';
import { appendAudit, runCommand } from '../command.ts';
import { listSearchCalls } from '../community-searches.ts';
import type { CommandContext, Tx } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { holdsLease } from '../lease-check.ts';
import { community, communityAccess, communitySearch, searchCall } from '../schema/index.ts';

export type ReservedSearch =
  | { kind: 'words'; words: string }
  | { kind: 'similar'; channel: ChatRef }
  | { kind: 'dialogs' }
  | { kind: 'wait'; until: Date };

/**
 * Says what the account is to ask, and writes the call down before it is made; an account that has asked too often waits.
 * Refuses with `conflict` when the search is over, another account's, or the lease was lost.
 */
export const reserveCommunitySearch = (
  ctx: CommandContext,
  input: { searchId: string; accountId: string; leaseToken: number },
): Promise<ReservedSearch> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { searchId, accountId } = input;
    const seeker = await lockAccount(tx, accountId);
    if (seeker?.status !== 'active' || !(await holdsLease(tx, input))) throw new Refused('conflict');
    const isThis = and(
      eq(communitySearch.id, searchId),
      eq(communitySearch.accountId, accountId),
      eq(communitySearch.status, 'waiting'),
    );
    const [search] = await tx.select().from(communitySearch).where(isThis).for('update');
    if (!search) throw new Refused('conflict');

    const until = nextSearchAt(await listSearchCalls(tx, accountId, ctx.now), ctx.now);
    if (until > ctx.now) {
      await tx.update(communitySearch).set({ searchAt: until }).where(isThis);
      return { kind: 'wait', until };
    }
    await tx
      .insert(searchCall)
      .values({ workspaceId: ctx.workspaceId, accountId, searchId, askedAt: ctx.now });
    await appendAudit(tx, ctx, {
      action: 'community_search.asked',
      entityId: searchId,
      after: { accountId, kind: search.kind },
    });
    if (search.kind === 'words') return { kind: 'words', words: search.words ?? '' };
    if (search.kind === 'dialogs') return { kind: 'dialogs' };
    return { kind: 'similar', channel: await addressOf(tx, accountId, search.likeId ?? '') };
  });

const addressOf = async (tx: Tx, accountId: string, communityId: string): Promise<ChatRef> => {
  const [row] = await tx
    .select({ telegramId: community.telegramId, accessHash: communityAccess.accessHash })
    .from(communityAccess)
    .innerJoin(community, eq(community.id, communityAccess.communityId))
    .where(and(eq(communityAccess.communityId, communityId), eq(communityAccess.accountId, accountId)));
  if (!row?.telegramId || !row.accessHash) throw new Refused('conflict');
  return { kind: 'channel', telegramId: row.telegramId, accessHash: row.accessHash };
};
