import { sql } from 'drizzle-orm';
import { moveCampaign } from '../campaign-state.ts';
import { at, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';

/**
 * Ends a campaign for good: nobody further is invited, and everybody who was still to come ends with the reason
 * `campaign_cancelled`. A call that is under way is still settled, and then its person ends too. Refuses with
 * `campaign.not_cancellable`.
 */
export const cancelCampaign = (ctx: CommandContext, { campaignId }: { campaignId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    // Targets before the campaign, as all who end targets and then finish the campaign.
    await endTargets(tx, ctx, campaignId, sql`for update`);
    await moveCampaign(tx, ctx, campaignId, 'cancel', { finishedAt: ctx.now });
    // Who came back from a call meanwhile; from now on settling sees that the campaign has ended.
    await endTargets(tx, ctx, campaignId, sql`for update skip locked`);
    await appendEvent(tx, ctx, { kind: 'campaign.cancelled', payload: { campaignId } });
  });

const endTargets = async (tx: Tx, ctx: CommandContext, campaignId: string, lock: ReturnType<typeof sql>) => {
  await tx.execute(sql`
    with open as (
      select id from target where campaign_id = ${campaignId} and status in ('pending', 'waiting')
      order by position ${lock}
    )
    update target set
      status = 'unreachable', reason = 'campaign_cancelled', not_before = null, settled_at = ${at(ctx.now)}
    from open where target.id = open.id`);
};
