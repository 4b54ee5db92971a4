import { eq } from 'drizzle-orm';
import type { CampaignStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { campaign } from '../schema/index.ts';

/** The campaign of that very name, as people call one at the terminal. */
export const findCampaignByName = (
  ctx: QueryContext,
  name: string,
): Promise<{ campaignId: string; status: CampaignStatus } | undefined> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const [found] = await tx
      .select({ campaignId: campaign.id, status: campaign.status })
      .from(campaign)
      .where(eq(campaign.name, name));
    return found;
  });
