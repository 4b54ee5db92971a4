import { and, asc, desc, eq, gt, gte, isNotNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { CommunityMark } from '#core/statuses.ts';
import type { CommunityKind } from '#core/telegram/user-session.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { community, communityHit, communitySearch } from '../schema/communities.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type CommunityItem = Pick<
  typeof community.$inferSelect,
  | 'reference'
  | 'kind'
  | 'title'
  | 'username'
  | 'membersCount'
  | 'membersHidden'
  | 'recentComments'
  | 'linkedTelegramId'
  | 'about'
  | 'lastPostAt'
  | 'language'
  | 'mark'
  | 'checkedAt'
  | 'refusal'
  | 'createdAt'
> & { communityId: string };

/** An absent wish leaves it open; what nobody has read yet fails a wish. */
export type CommunityWish = {
  kind?: CommunityKind | undefined;
  /** Members, at least and at most. */
  least?: number | undefined;
  most?: number | undefined;
  language?: string | undefined;
  offered?: boolean | undefined;
  hasComments?: boolean | undefined;
  hasDiscussion?: boolean | undefined;
  membersHidden?: boolean | undefined;
};

/** The communities of the workspace with this mark, newest first. */
export const listCommunities = (
  ctx: QueryContext,
  { mark, ...wish }: PageWish & CommunityWish & { mark: CommunityMark },
): Promise<Page<CommunityItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const matches = and(eq(community.mark, mark), ...matching(wish));
    const rows = await tx
      .select(columns)
      .from(community)
      .where(and(matches, behind(community.createdAt, community.id, wish.after)))
      .orderBy(desc(community.createdAt), desc(community.id))
      .limit(wish.limit + 1);
    const total = await tx.$count(community, matches);
    return toPage(rows, { limit: wish.limit, total }, (row) => ({ at: row.createdAt, id: row.communityId }));
  });

/** `next` is the position behind which the next page begins. */
export type FoundPage = { items: CommunityItem[]; total: number; next: number | undefined };

/** What a search found, in Telegram's order, without what is blocked. Throws `not_found`. */
export const listFound = (
  ctx: QueryContext,
  {
    searchId,
    after,
    limit,
    ...wish
  }: CommunityWish & { searchId: string; after?: number | undefined; limit: number },
): Promise<FoundPage> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const searches = await tx
      .select({ id: communitySearch.id })
      .from(communitySearch)
      .where(eq(communitySearch.id, searchId));
    onlyRow(searches, 'not_found');
    const matches = and(
      eq(communityHit.searchId, searchId),
      ne(community.mark, 'blocked'),
      ...matching(wish),
    );
    const rows = await tx
      .select({ ...columns, position: communityHit.position })
      .from(communityHit)
      .innerJoin(community, eq(community.id, communityHit.communityId))
      .where(and(matches, after === undefined ? undefined : gt(communityHit.position, after)))
      .orderBy(asc(communityHit.position))
      .limit(limit + 1);
    const [count] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(communityHit)
      .innerJoin(community, eq(community.id, communityHit.communityId))
      .where(matches);
    const shown = rows.slice(0, limit);
    return {
      items: shown.map(({ position: _, ...item }) => item),
      total: count?.total ?? 0,
      next: rows.length > limit ? shown.at(-1)?.position : undefined,
    };
  });

/** Throws `not_found` when the workspace has no such community. */
export const getCommunity = (ctx: QueryContext, input: { communityId: string }): Promise<CommunityItem> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) =>
    onlyRow(await tx.select(columns).from(community).where(eq(community.id, input.communityId)), 'not_found'),
  );

const matching = (wish: CommunityWish): (SQL | undefined)[] => {
  const is = (wanted: boolean | undefined, fact: SQL | undefined) =>
    wanted === undefined || !fact ? undefined : sql`(${fact}) is ${sql.raw(String(wanted))}`;
  const hasComments = gt(community.recentComments, 0);
  return [
    wish.kind && eq(community.kind, wish.kind),
    wish.least === undefined ? undefined : gte(community.membersCount, wish.least),
    wish.most === undefined ? undefined : lte(community.membersCount, wish.most),
    wish.language === undefined ? undefined : eq(community.language, wish.language),
    // The rule is `isOffered` of core.
    is(wish.offered, sql`${or(ne(community.kind, 'channel'), hasComments)} is true`),
    is(wish.hasComments, hasComments),
    is(wish.hasDiscussion, and(isNotNull(community.checkedAt), isNotNull(community.linkedTelegramId))),
    is(wish.membersHidden, sql`${community.membersHidden}`),
  ];
};

const columns = {
  communityId: community.id,
  reference: community.reference,
  kind: community.kind,
  title: community.title,
  username: community.username,
  membersCount: community.membersCount,
  membersHidden: community.membersHidden,
  recentComments: community.recentComments,
  linkedTelegramId: community.linkedTelegramId,
  about: community.about,
  lastPostAt: community.lastPostAt,
  language: community.language,
  mark: community.mark,
  checkedAt: community.checkedAt,
  refusal: community.refusal,
  createdAt: community.createdAt,
};
