import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { SHORTEST_QUERY } from '#core/community/search.ts';
import { Refused } from '#core/refusals.ts';
import type { SearchStatus } from '#core/statuses.ts';
import { allocateAccount } from '../allocation.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import { findReader } from '../community-searches.ts';
import type { CommandContext, Tx } from '../context.ts';
import { nameCommunity } from '../named-communities.ts';
import { appendEvent } from '../outbox.ts';
import { account, community, communityHit, communitySearch } from '../schema/index.ts';

export type CommunityQuestion =
  | { kind: 'words'; words: string; accountId?: string | undefined }
  /** Channels that are like one the workspace knows. */
  | { kind: 'similar'; communityId: string }
  /** What an account is in itself. */
  | { kind: 'dialogs'; accountId: string }
  | { kind: 'references'; references: readonly string[] };

/**
 * Asks for communities; an account of the workspace will search. A list of references needs no search: each is named, and
 * all are refused when one is malformed. Refuses `community_search.words_short`, `…nothing_like_it`, `…no_account`.
 */
export const requestCommunitySearch = (
  ctx: CommandContext,
  question: CommunityQuestion,
): Promise<{ searchId: string; status: SearchStatus }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const searchId = randomUUID();
    const accountId = await chooseSeeker(tx, ctx, question);
    const isOver = question.kind === 'references';
    await tx.insert(communitySearch).values({
      id: searchId,
      workspaceId: ctx.workspaceId,
      kind: question.kind,
      words: question.kind === 'words' ? question.words.trim() : null,
      likeId: question.kind === 'similar' ? question.communityId : null,
      status: isOver ? 'done' : 'waiting',
      accountId,
      searchAt: isOver ? null : ctx.now,
      createdAt: ctx.now,
      finishedAt: isOver ? ctx.now : null,
    });
    await appendEvent(tx, ctx, { kind: 'community_search.requested', payload: { searchId } });
    await appendAudit(tx, ctx, {
      action: 'community_search.requested',
      entityId: searchId,
      after: { ...question, accountId },
    });
    if (!isOver) return { searchId, status: 'waiting' };
    await nameAll(tx, ctx, searchId, question.references);
    return { searchId, status: 'done' };
  });

/** Null where nobody has to search. */
const chooseSeeker = async (
  tx: Tx,
  ctx: CommandContext,
  question: CommunityQuestion,
): Promise<string | null> => {
  if (question.kind === 'references') return null;
  if (question.kind === 'similar') return chooseNeighbour(tx, question.communityId);
  if (question.kind === 'words' && question.words.trim().length < SHORTEST_QUERY) {
    throw new Refused('community_search.words_short', { bound: SHORTEST_QUERY });
  }
  if (question.accountId) {
    const found = await tx.select({ id: account.id }).from(account).where(eq(account.id, question.accountId));
    return onlyRow(found, 'not_found').id;
  }
  const chosen = await allocateAccount(tx, ctx, {});
  if (!chosen) throw new Refused('community_search.no_account');
  return chosen;
};

/** Only an account that can address the channel may ask what is like it. */
const chooseNeighbour = async (tx: Tx, communityId: string): Promise<string> => {
  const found = await tx
    .select({ kind: community.kind })
    .from(community)
    .where(eq(community.id, communityId));
  const { kind } = onlyRow(found, 'not_found');
  if (kind !== null && kind !== 'channel') throw new Refused('community_search.nothing_like_it');
  const chosen = await findReader(tx, { communityId });
  if (!chosen) throw new Refused('community.unchecked');
  return chosen;
};

const nameAll = async (
  tx: Tx,
  ctx: CommandContext,
  searchId: string,
  references: readonly string[],
): Promise<void> => {
  const named = new Set<string>();
  for (const reference of references) named.add(await nameCommunity(tx, ctx, reference));
  await tx.insert(communityHit).values(
    [...named].map((communityId, position) => ({
      searchId,
      communityId,
      workspaceId: ctx.workspaceId,
      position,
    })),
  );
  const payload = { searchId, found: named.size };
  await appendEvent(tx, ctx, { kind: 'community_search.done', payload });
};
