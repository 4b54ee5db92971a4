import { desc, eq, inArray } from 'drizzle-orm';
import { inWorkspace, type QueryContext } from '../context.ts';
import { campaign, community, workspace } from '../schema/index.ts';
import { type AccountItem, selectAccounts } from './list-accounts.ts';
import { type CampaignItem, campaignColumns } from './list-campaigns.ts';
import { countTargets, NO_TARGETS } from './target-counts.ts';

/** What the status message says: the campaigns in motion (else the last ones), and every account. */
export type WorkspaceStatus = { workspaceName: string; campaigns: CampaignItem[]; accounts: AccountItem[] };

const LAST_CAMPAIGNS = 3;

export const getStatus = (ctx: QueryContext): Promise<WorkspaceStatus> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const [home] = await tx.select({ name: workspace.name }).from(workspace);
    const select = () =>
      tx.select(campaignColumns).from(campaign).innerJoin(community, eq(community.id, campaign.communityId));
    const inMotion = await select()
      .where(inArray(campaign.status, ['running', 'paused', 'scheduled']))
      .orderBy(desc(campaign.createdAt));
    const shown =
      inMotion.length > 0 ? inMotion : await select().orderBy(desc(campaign.createdAt)).limit(LAST_CAMPAIGNS);
    const counts = await countTargets(
      tx,
      shown.map((row) => row.campaignId),
    );
    return {
      workspaceName: home?.name ?? '',
      campaigns: shown.map((row) => ({ ...row, counts: counts.get(row.campaignId) ?? NO_TARGETS })),
      accounts: await selectAccounts(tx),
    };
  });
