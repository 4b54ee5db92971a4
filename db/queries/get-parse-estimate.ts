import { eq } from 'drizzle-orm';
import { SECOND_MS } from '#core/duration.ts';
import { estimateParse } from '#core/parsing/estimate.ts';
import type { ParseWish } from '#core/parsing/wish.ts';
import { PARSE_SPEEDS, type ParseSource, type ParseSpeed } from '#core/statuses.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { community } from '../schema/communities.ts';

export type ParseEstimateItem = {
  total: number;
  requests: number;
  seconds: Record<ParseSpeed, number>;
  isRough: boolean;
};

/** What a parse would come to at each speed; null until an account has read the community. Throws `not_found`. */
export const getParseEstimate = (
  ctx: QueryContext,
  order: { communityId: string; source: ParseSource; wish: ParseWish },
): Promise<ParseEstimateItem | null> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const found = await tx
      .select({
        membersCount: community.membersCount,
        messagesCount: community.messagesCount,
        recentComments: community.recentComments,
      })
      .from(community)
      .where(eq(community.id, order.communityId));
    const size = onlyRow(found, 'not_found');
    const { source, wish } = order;
    const medium = estimateParse({ source, wish, speed: 'medium' }, size);
    if (!medium) return null;
    const seconds = Object.fromEntries(
      PARSE_SPEEDS.map((speed) => {
        const { durationMs } = estimateParse({ source, wish, speed }, size) ?? medium;
        return [speed, Math.ceil(durationMs / SECOND_MS)];
      }),
    ) as Record<ParseSpeed, number>;
    return { total: medium.total, requests: medium.requests, seconds, isRough: medium.isRough };
  });
