import { moveCampaign } from '../campaign-state.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { wakeLanesOf } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';

/** Goes on where the campaign stopped: its lanes wake, each at the earliest moment its own pace allows. */
export const resumeCampaign = (ctx: CommandContext, input: { campaignId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { campaignId } = input;
    await moveCampaign(tx, ctx, campaignId, 'resume');
    await wakeLanesOf(tx, campaignId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'campaign.resumed', payload: { campaignId } });
  });
