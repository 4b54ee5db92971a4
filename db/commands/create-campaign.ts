import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { CampaignMode, Priority } from '#core/statuses.ts';
import { wantAccess } from '../accounts.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { wakeWorkers } from '../outbox.ts';
import { account, audience, campaign, campaignAccount, community } from '../schema/index.ts';

export type CreateCampaignInput = {
  name: string;
  mode: CampaignMode;
  priority: Priority;
  communityId: string;
  audienceId: string;
  accountIds: readonly string[];
};

/** Makes a draft and has each of its accounts read the community and its right to invite. */
export const createCampaign = (
  ctx: CommandContext,
  input: CreateCampaignInput,
): Promise<{ campaignId: string }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { mode, priority, communityId, audienceId } = input;
    const name = input.name.trim();
    const accountIds = [...new Set(input.accountIds)];
    if (name === '') throw new Refused('invalid_input', { field: 'name' });
    if (accountIds.length === 0) throw new Refused('campaign.no_accounts');
    const found = await tx
      .select({ mark: community.mark })
      .from(community)
      .where(eq(community.id, communityId));
    if (onlyRow(found, 'not_found').mark === 'blocked') throw new Refused('community.blocked');
    onlyRow(
      await tx.select({ id: audience.id }).from(audience).where(eq(audience.id, audienceId)),
      'not_found',
    );
    const known = await tx.select({ id: account.id }).from(account).where(inArray(account.id, accountIds));
    if (known.length < accountIds.length) throw new Refused('not_found');

    const campaignId = randomUUID();
    const { workspaceId, now } = ctx;
    const [made] = await tx
      .insert(campaign)
      .values({
        id: campaignId,
        workspaceId,
        name,
        platform: 'telegram',
        mode,
        priority,
        status: 'draft',
        communityId,
        audienceId,
        createdAt: now,
      })
      .onConflictDoNothing({ target: [campaign.workspaceId, campaign.name] })
      .returning({ id: campaign.id });
    if (!made) throw new Refused('campaign.name_taken', { name });
    await tx
      .insert(campaignAccount)
      .values(accountIds.map((accountId) => ({ campaignId, accountId, workspaceId })));
    for (const accountId of accountIds) await wantAccess(tx, { workspaceId, accountId, communityId, now });
    await wakeWorkers(tx, ctx);
    await appendAudit(tx, ctx, {
      action: 'campaign.created',
      entityId: campaignId,
      after: { name, mode, priority, communityId, audienceId, accountIds },
    });
    return { campaignId };
  });
