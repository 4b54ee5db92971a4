import { desc, eq } from 'drizzle-orm';
import type { CampaignMode, CampaignStatus, Priority } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { campaign, community } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';
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

/** The workspace's campaigns, newest first. */
export const listCampaigns = (ctx: QueryContext, page: PageWish): Promise<Page<CampaignItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select(campaignColumns)
      .from(campaign)
      .innerJoin(community, eq(community.id, campaign.communityId))
      .where(behind(campaign.createdAt, campaign.id, page.after))
      .orderBy(desc(campaign.createdAt), desc(campaign.id))
      .limit(page.limit + 1);
    const total = await tx.$count(campaign);
    const { items, ...rest } = toPage(rows, { limit: page.limit, total }, (row) => ({
      at: row.createdAt,
      id: row.campaignId,
    }));
    const counts = await countTargets(
      tx,
      items.map((row) => row.campaignId),
    );
    return {
      ...rest,
      items: items.map((row) => ({ ...row, counts: counts.get(row.campaignId) ?? NO_TARGETS })),
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
