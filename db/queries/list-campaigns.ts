import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { CampaignMode, CampaignStatus, Priority } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { campaign, community } from '../schema/index.ts';
import { countTargets, NO_TARGETS, type TargetCounts } from './target-counts.ts';

export type CampaignItem = {
  campaignId: string;
  name: string;
  status: CampaignStatus;
  statusBecause: string | null;
  priority: Priority;
  mode: CampaignMode;
  communityTitle: string | null;
  communityReference: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  counts: TargetCounts;
};

/** Where the next page begins: behind this campaign. */
export type CampaignCursor = { createdAt: Date; campaignId: string };

export type CampaignPage = { items: CampaignItem[]; total: number; next: CampaignCursor | undefined };

/** The workspace's campaigns, newest first, at most `limit` of them behind `after`. */
export const listCampaigns = (
  ctx: QueryContext,
  page: { after?: CampaignCursor | undefined; limit: number },
): Promise<CampaignPage> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { after } = page;
    const behind = after
      ? or(
          lt(campaign.createdAt, after.createdAt),
          and(eq(campaign.createdAt, after.createdAt), lt(campaign.id, after.campaignId)),
        )
      : undefined;
    const rows = await tx
      .select(campaignColumns)
      .from(campaign)
      .innerJoin(community, eq(community.id, campaign.communityId))
      .where(behind)
      .orderBy(desc(campaign.createdAt), desc(campaign.id))
      .limit(page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const counts = await countTargets(
      tx,
      shown.map((row) => row.campaignId),
    );
    const [all] = await tx.select({ total: sql<number>`count(*)::int` }).from(campaign);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => ({ ...row, counts: counts.get(row.campaignId) ?? NO_TARGETS })),
      total: all?.total ?? 0,
      next:
        rows.length > page.limit && last
          ? { createdAt: last.createdAt, campaignId: last.campaignId }
          : undefined,
    };
  });

/** What a list and a detail both show of a campaign. */
export const campaignColumns = {
  campaignId: campaign.id,
  name: campaign.name,
  status: campaign.status,
  statusBecause: campaign.statusBecause,
  priority: campaign.priority,
  mode: campaign.mode,
  communityTitle: community.title,
  communityReference: community.reference,
  createdAt: campaign.createdAt,
  startedAt: campaign.startedAt,
  finishedAt: campaign.finishedAt,
};
