import { eq, sql } from 'drizzle-orm';
import { judgeStart } from '#core/campaign/start.ts';
import type { AccountStatus, AudienceStatus } from '#core/statuses.ts';
import { moveCampaign } from '../campaign-state.ts';
import { onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { wakeLanesOf } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';
import { audience, campaign, community, workspace } from '../schema/index.ts';

/**
 * Starts a drafted or scheduled campaign: its audience becomes its targets and its lanes wake. Refused by the rules of
 * `core/campaign/start.ts`, with nothing changed.
 */
export const startCampaign = (
  ctx: CommandContext,
  input: { campaignId: string },
): Promise<{ targets: number }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { campaignId } = input;
    const { audienceId, ...facts } = await readStartFacts(tx, campaignId);
    orRefuse(judgeStart(facts));
    await moveCampaign(tx, ctx, campaignId, 'start', { startedAt: ctx.now });
    const targets = await copyAudience(tx, ctx, campaignId, audienceId);
    await wakeLanesOf(tx, campaignId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'campaign.started', payload: { campaignId } });
    return { targets };
  });

const readStartFacts = async (tx: Tx, campaignId: string) => {
  const found = await tx
    .select({
      status: campaign.status,
      audienceId: campaign.audienceId,
      audienceStatus: audience.status,
      kind: community.kind,
      membersCount: community.membersCount,
      checkedAt: community.checkedAt,
      acknowledgedAt: workspace.collectedAcknowledgedAt,
    })
    .from(campaign)
    .innerJoin(audience, eq(audience.id, campaign.audienceId))
    .innerJoin(community, eq(community.id, campaign.communityId))
    .innerJoin(workspace, eq(workspace.id, campaign.workspaceId))
    .where(eq(campaign.id, campaignId))
    .for('update', { of: campaign });
  const row = onlyRow(found, 'not_found');
  const audienceStatus: AudienceStatus = row.audienceStatus;
  return {
    status: row.status,
    audienceId: row.audienceId,
    audienceStatus,
    community: row.checkedAt && row.kind ? { kind: row.kind, membersCount: row.membersCount ?? 0 } : null,
    accounts: await readAccounts(tx, campaignId),
    targets: await countMembers(tx, row.audienceId),
    isCollectedAcknowledged: row.acknowledgedAt !== null,
  };
};

const readAccounts = async (tx: Tx, campaignId: string) => {
  const rows = await tx.execute<{ status: AccountStatus; may_invite: boolean }>(sql`
    select a.status, coalesce(x.may_invite, false) as may_invite
    from campaign_account ca
    join campaign c on c.id = ca.campaign_id
    join account a on a.id = ca.account_id
    left join community_access x on x.account_id = a.id and x.community_id = c.community_id
    where ca.campaign_id = ${campaignId}`);
  return rows.map((row) => ({ status: row.status, mayInvite: row.may_invite }));
};

const countMembers = async (tx: Tx, audienceId: string): Promise<{ total: number; collected: number }> => {
  const [row] = await tx.execute<{ total: number; collected: number }>(sql`
    select count(*)::int as total, (count(*) filter (where basis = 'collected'))::int as collected
    from audience_member where audience_id = ${audienceId}`);
  return row ?? { total: 0, collected: 0 };
};

/** Those who asked to come are first in order; the rest of the order is the same for the same people. */
const copyAudience = async (
  tx: Tx,
  ctx: CommandContext,
  campaignId: string,
  audienceId: string,
): Promise<number> => {
  const rows = await tx.execute(sql`
    insert into target (id, workspace_id, campaign_id, person_id, basis, status, position)
    select gen_random_uuid(), ${ctx.workspaceId}, ${campaignId}, m.person_id, m.basis, 'pending',
      row_number() over (order by m.basis, p.telegram_id nulls first, p.username, p.id)
    from audience_member m join person p on p.id = m.person_id
    where m.audience_id = ${audienceId}
    returning id`);
  return rows.length;
};
