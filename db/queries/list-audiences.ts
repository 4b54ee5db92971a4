import { desc } from 'drizzle-orm';
import type { AudienceStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { audience } from '../schema/people.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type AudienceItem = {
  audienceId: string;
  name: string;
  status: AudienceStatus;
  members: number;
  createdAt: Date;
};

/** The workspace's audiences, newest first. */
export const listAudiences = (ctx: QueryContext, page: PageWish): Promise<Page<AudienceItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select({
        audienceId: audience.id,
        name: audience.name,
        status: audience.status,
        members: audience.membersCount,
        createdAt: audience.createdAt,
      })
      .from(audience)
      .where(behind(audience.createdAt, audience.id, page.after))
      .orderBy(desc(audience.createdAt), desc(audience.id))
      .limit(page.limit + 1);
    const total = await tx.$count(audience);
    return toPage(rows, { limit: page.limit, total }, (row) => ({ at: row.createdAt, id: row.audienceId }));
  });
