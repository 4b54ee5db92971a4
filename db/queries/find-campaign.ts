import { eq } from 'drizzle-orm';
import { inWorkspace, type QueryContext } from '../context.ts';
import { campaign } from '../schema/campaigns.ts';

/** The campaign of that name, which is unique in a workspace. */
export const findCampaignByName = (ctx: QueryContext, name: string): Promise<string | undefined> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const [row] = await tx.select({ id: campaign.id }).from(campaign).where(eq(campaign.name, name));
    return row?.id;
  });
