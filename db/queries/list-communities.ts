import { desc, eq } from 'drizzle-orm';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { community } from '../schema/communities.ts';
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
  | 'checkedAt'
  | 'refusal'
  | 'createdAt'
> & { communityId: string };

/** The communities the workspace has named, newest first. */
export const listCommunities = (ctx: QueryContext, page: PageWish): Promise<Page<CommunityItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select(columns)
      .from(community)
      .where(behind(community.createdAt, community.id, page.after))
      .orderBy(desc(community.createdAt), desc(community.id))
      .limit(page.limit + 1);
    const total = await tx.$count(community);
    return toPage(rows, { limit: page.limit, total }, (row) => ({ at: row.createdAt, id: row.communityId }));
  });

/** Throws `not_found` when the workspace has no such community. */
export const getCommunity = (ctx: QueryContext, input: { communityId: string }): Promise<CommunityItem> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) =>
    onlyRow(await tx.select(columns).from(community).where(eq(community.id, input.communityId)), 'not_found'),
  );

const columns = {
  communityId: community.id,
  reference: community.reference,
  kind: community.kind,
  title: community.title,
  username: community.username,
  membersCount: community.membersCount,
  membersHidden: community.membersHidden,
  recentComments: community.recentComments,
  checkedAt: community.checkedAt,
  refusal: community.refusal,
  createdAt: community.createdAt,
};
