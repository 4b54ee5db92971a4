import { finishIfDone, moveCampaign } from '../campaign-state.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { wakeLanesOf } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';

/** Goes on where it was paused. Refuses with `campaign.not_resumable`. */
export const resumeCampaign = (ctx: CommandContext, input: { campaignId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { campaignId } = input;
    await moveCampaign(tx, ctx, campaignId, 'resume');
    await wakeLanesOf(tx, campaignId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'campaign.resumed', payload: { campaignId } });
    await finishIfDone(tx, ctx, campaignId);
  });
