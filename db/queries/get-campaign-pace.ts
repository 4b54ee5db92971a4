import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import { inWorkspace, type QueryContext } from '../context.ts';
import { attempt } from '../schema/index.ts';

/** How many people of the campaign got an answer from `since` on, tries that had no effect left out. */
export const getCampaignPace = (
  ctx: QueryContext,
  { campaignId, since }: { campaignId: string; since: Date },
): Promise<{ settled: number }> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const [row] = await tx
      .select({ settled: sql<number>`count(*)::int` })
      .from(attempt)
      .where(
        and(
          eq(attempt.campaignId, campaignId),
          gte(attempt.startedAt, since),
          inArray(attempt.status, ['joined', 'already_member', 'refused']),
        ),
      );
    return { settled: row?.settled ?? 0 };
  });
