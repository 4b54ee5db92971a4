import { and, eq, sql } from 'drizzle-orm';
import { isFinished, longWaitFrom } from '#core/campaign/completion.ts';
import type { CampaignEvent } from '#core/campaign/status.ts';
import { transition } from '#core/campaign/status.ts';
import type { CampaignStatus } from '#core/statuses.ts';
import { appendAudit, at, onlyRow, orRefuse } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { campaign } from './schema/campaigns.ts';

/** Moves a campaign by the rules of its states, where it still is in the state that was judged. */
export const moveCampaign = async (
  tx: Tx,
  ctx: CommandContext,
  campaignId: string,
  event: CampaignEvent,
  change: { because?: string; startedAt?: Date; finishedAt?: Date } = {},
): Promise<void> => {
  const found = await tx
    .select({ status: campaign.status })
    .from(campaign)
    .where(eq(campaign.id, campaignId));
  const from: CampaignStatus = onlyRow(found, 'not_found').status;
  const to = orRefuse(transition(from, event));
  const { because = null, ...times } = change;
  const moved = await tx
    .update(campaign)
    .set({ status: to, statusBecause: because, ...times })
    .where(and(eq(campaign.id, campaignId), eq(campaign.status, from)))
    .returning({ id: campaign.id });
  onlyRow(moved, 'conflict');
  await appendAudit(tx, ctx, {
    action: `campaign.${to}`,
    entityId: campaignId,
    before: { status: from },
    after: { status: to, because },
  });
};

/** Pauses a campaign that still runs; a person may have paused or ended it while a call was under way. */
export const pauseIfRunning = async (
  tx: Tx,
  ctx: CommandContext,
  campaignId: string,
  because: string,
): Promise<void> => {
  const [row] = await tx
    .select({ status: campaign.status })
    .from(campaign)
    .where(eq(campaign.id, campaignId))
    .for('no key update');
  if (row?.status !== 'running') return;
  await moveCampaign(tx, ctx, campaignId, 'pause', { because });
  await appendEvent(tx, ctx, { kind: 'campaign.paused', payload: { campaignId, because } });
};

/**
 * Finishes a running campaign when nothing is left to do. The campaign's row is locked before the second look, so that
 * of two lanes settling the last targets at once the later one sees both.
 */
export const finishIfDone = async (tx: Tx, ctx: CommandContext, campaignId: string): Promise<void> => {
  if (!(await isDone(tx, ctx, campaignId))) return;
  const [row] = await tx
    .select({ status: campaign.status })
    .from(campaign)
    .where(eq(campaign.id, campaignId))
    .for('no key update');
  if (row?.status !== 'running' || !(await isDone(tx, ctx, campaignId))) return;
  await moveCampaign(tx, ctx, campaignId, 'finish', { finishedAt: ctx.now });
  await appendEvent(tx, ctx, { kind: 'campaign.finished', payload: { campaignId } });
};

/**
 * Asks only whether there is one of each kind, because counting thousands of open targets after each attempt would not
 * do; and by order, because only that makes sure that the index of the state is used.
 */
const isDone = async (tx: Tx, ctx: CommandContext, campaignId: string): Promise<boolean> => {
  const [open] = await tx.execute<{ pending: number; attempting: number; waiting_soon: number }>(sql`
    select
      ((select position from target where campaign_id = ${campaignId} and status = 'pending'
        order by position limit 1) is not null)::int as pending,
      ((select position from target where campaign_id = ${campaignId} and status = 'attempting'
        order by position limit 1) is not null)::int as attempting,
      ((select not_before from target where campaign_id = ${campaignId} and status = 'waiting'
          and not_before <= ${at(longWaitFrom(ctx.now))}
        order by not_before limit 1) is not null)::int as waiting_soon`);
  return open !== undefined && isFinished({ ...open, waitingSoon: open.waiting_soon });
};
