import { desc } from 'drizzle-orm';
import type { SuppressionScope } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { suppression } from '../schema/people.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

/** Whom it is about is not kept, but as a hash. */
export type SuppressionItem = {
  suppressionId: string;
  scope: SuppressionScope;
  communityId: string | null;
  reason: string;
  createdAt: Date;
};

/** Who must not be contacted, newest first: a row for each way of knowing a person. */
export const listSuppressions = (ctx: QueryContext, page: PageWish): Promise<Page<SuppressionItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select({
        suppressionId: suppression.id,
        scope: suppression.scope,
        communityId: suppression.communityId,
        reason: suppression.reason,
        createdAt: suppression.createdAt,
      })
      .from(suppression)
      .where(behind(suppression.createdAt, suppression.id, page.after))
      .orderBy(desc(suppression.createdAt), desc(suppression.id))
      .limit(page.limit + 1);
    const total = await tx.$count(suppression);
    return toPage(rows, { limit: page.limit, total }, (row) => ({
      at: row.createdAt,
      id: row.suppressionId,
    }));
  });
