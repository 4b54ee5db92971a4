import { desc, eq, sql } from 'drizzle-orm';
import { searchesLeft } from '#core/community/search.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { SearchKind, SearchStatus } from '#core/statuses.ts';
import { at, onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { account } from '../schema/accounts.ts';
import { community, communitySearch } from '../schema/communities.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type CommunitySearchItem = {
  searchId: string;
  kind: SearchKind;
  words: string | null;
  likeTitle: string | null;
  likeReference: string | null;
  status: SearchStatus;
  reason: string | null;
  /** When it may be asked, and when its account works again; null when that is now or never. */
  searchAt: Date | null;
  accountRecoversAt: Date | null;
  found: number;
  /** Of them, those that an account has still to read. */
  unread: number;
  calls: number;
  createdAt: Date;
  finishedAt: Date | null;
};

/** The workspace's searches, newest first. */
export const listCommunitySearches = (
  ctx: QueryContext,
  page: PageWish,
): Promise<Page<CommunitySearchItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await selectSearches(tx)
      .where(behind(communitySearch.createdAt, communitySearch.id, page.after))
      .orderBy(desc(communitySearch.createdAt), desc(communitySearch.id))
      .limit(page.limit + 1);
    const total = await tx.$count(communitySearch);
    return toPage(rows, { limit: page.limit, total }, (row) => ({ at: row.createdAt, id: row.searchId }));
  });

/** Throws `not_found` when the workspace has no such search. */
export const getCommunitySearch = (
  ctx: QueryContext,
  input: { searchId: string },
): Promise<CommunitySearchItem> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) =>
    onlyRow(await selectSearches(tx).where(eq(communitySearch.id, input.searchId)), 'not_found'),
  );

/** How many searches the accounts at work may make now, all together, and how many accounts those are. */
export const readSearchQuota = (ctx: QueryContext, now: Date): Promise<{ left: number; accounts: number }> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx.execute<{ asked: string[] | null }>(sql`
      select (select json_agg(asked_at) from search_call c
        where c.account_id = a.id and c.asked_at >= ${at(later(now, -DAY_MS))}) as asked
      from account a where a.status = 'active'`);
    const left = rows.map(({ asked }) =>
      searchesLeft(
        (asked ?? []).map((moment) => new Date(moment)),
        now,
      ),
    );
    return { left: left.reduce((sum, one) => sum + one, 0), accounts: rows.length };
  });

const selectSearches = (tx: Tx) =>
  tx
    .select({
      searchId: communitySearch.id,
      kind: communitySearch.kind,
      words: communitySearch.words,
      likeTitle: community.title,
      likeReference: community.reference,
      status: communitySearch.status,
      reason: communitySearch.reason,
      searchAt: communitySearch.searchAt,
      accountRecoversAt: account.recoversAt,
      found: sql<number>`(select count(*)::int from community_hit h where h.search_id = ${communitySearch.id})`,
      unread: sql<number>`(select count(*)::int from community_hit h
        join community c on c.id = h.community_id
        where h.search_id = ${communitySearch.id} and c.checked_at is null and c.refusal is null)`,
      calls: sql<number>`(select count(*)::int from search_call c where c.search_id = ${communitySearch.id})`,
      createdAt: communitySearch.createdAt,
      finishedAt: communitySearch.finishedAt,
    })
    .from(communitySearch)
    .leftJoin(community, eq(community.id, communitySearch.likeId))
    .leftJoin(account, eq(account.id, communitySearch.accountId));
