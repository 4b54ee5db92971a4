import { moveCampaign } from '../campaign-state.ts';
import { runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';

/** No further attempt begins; a call that is under way is still settled. Refuses with `campaign.not_pausable`. */
export const pauseCampaign = (
  ctx: CommandContext,
  input: { campaignId: string; because?: string },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { campaignId, because = 'paused_by_operator' } = input;
    await moveCampaign(tx, ctx, campaignId, 'pause', { because });
    await appendEvent(tx, ctx, { kind: 'campaign.paused', payload: { campaignId, because } });
  });
