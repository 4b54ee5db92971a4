import { and, eq } from 'drizzle-orm';
import { recoversByItself } from '#core/account/standing.ts';
import { Refused } from '#core/refusals.ts';
import { wantAccess } from '../accounts.ts';
import { passBreakers } from '../breakers.ts';
import { finishIfDone, moveCampaign } from '../campaign-state.ts';
import { runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { wakeLanesOf } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';
import { account, campaign, campaignAccount } from '../schema/index.ts';

/**
 * Goes on where it was paused. Its accounts read the community again, because a lost right may be why it was paused; the
 * campaign pauses itself when none of them may invite. What a breaker has stopped goes on only with a
 * `reason`, which is kept. Refuses with `campaign.not_resumable`, with `campaign.breaker_open`, or with
 * `campaign.no_inviting_account` when no account of it will ever act by itself.
 */
export const resumeCampaign = (
  ctx: CommandContext,
  input: { campaignId: string; reason?: string | undefined },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { campaignId } = input;
    const [found] = await tx
      .select({ communityId: campaign.communityId, because: campaign.statusBecause })
      .from(campaign)
      .where(and(eq(campaign.id, campaignId), eq(campaign.status, 'paused')));
    if (found) await passBreakers(tx, ctx, { campaignId, ...found }, input.reason);
    await moveCampaign(tx, ctx, campaignId, 'resume');
    await readRightsAgain(tx, ctx, campaignId);
    await wakeLanesOf(tx, campaignId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'campaign.resumed', payload: { campaignId } });
    await finishIfDone(tx, ctx, campaignId);
  });

const readRightsAgain = async (tx: Tx, ctx: CommandContext, campaignId: string): Promise<void> => {
  const accounts = await tx
    .select({
      accountId: account.id,
      status: account.status,
      wantsPerson: account.wantsPerson,
      communityId: campaign.communityId,
    })
    .from(campaignAccount)
    .innerJoin(account, eq(account.id, campaignAccount.accountId))
    .innerJoin(campaign, eq(campaign.id, campaignAccount.campaignId))
    .where(eq(campaignAccount.campaignId, campaignId));
  const usable = accounts.filter(recoversByItself);
  if (usable.length === 0) throw new Refused('campaign.no_inviting_account');
  const { workspaceId, now } = ctx;
  for (const { accountId, communityId } of usable)
    await wantAccess(tx, { workspaceId, accountId, communityId, now });
};
