import { eq, sql } from 'drizzle-orm';
import { judgeStart } from '#core/campaign/start.ts';
import type { AccountStatus } from '#core/statuses.ts';
import { passBreakers } from '../breakers.ts';
import { finishIfDone, moveCampaign } from '../campaign-state.ts';
import { at, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { wakeLanesOf } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';
import type { HashPerson } from '../person-hash.ts';
import { endUnreachable } from '../reach.ts';
import { audience, campaign, community, workspace } from '../schema/index.ts';
import { findSuppressed } from '../suppressions.ts';

/**
 * Starts a draft: copies its audience into targets and wakes its lanes. Whoever is suppressed, in the community already
 * or out of reach becomes a final target at once, visible with the reason. Refuses by core's pre-flight, and with
 * `campaign.breaker_open` when a breaker has stopped the community and no `reason` is given to go on.
 */
export const startCampaign = (
  ctx: CommandContext,
  input: { campaignId: string; hashPerson: HashPerson; reason?: string | undefined },
): Promise<{ targets: number }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { campaignId } = input;
    const { audienceId, communityId } = await judge(tx, ctx, campaignId);
    await passBreakers(tx, ctx, { campaignId, communityId, because: null }, input.reason);
    const targets = await tx.execute(sql`
      insert into target (workspace_id, campaign_id, person_id, basis, status, position)
      select workspace_id, ${campaignId}::uuid, person_id, basis, 'pending', position
      from audience_member where audience_id = ${audienceId}
      returning 1`);
    await endSuppressed(tx, ctx, { campaignId, communityId, hashPerson: input.hashPerson });
    await endMembers(tx, ctx, { campaignId, communityId });
    await moveCampaign(tx, ctx, campaignId, 'start', { startedAt: ctx.now });
    await endUnreachable(tx, ctx, { campaignId, reason: 'unreachable' });
    await wakeLanesOf(tx, campaignId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'campaign.started', payload: { campaignId } });
    await finishIfDone(tx, ctx, campaignId);
    return { targets: targets.length };
  });

const judge = async (tx: Tx, ctx: CommandContext, campaignId: string) => {
  const found = await tx
    .select({
      status: campaign.status,
      communityId: campaign.communityId,
      kind: community.kind,
      membersCount: community.membersCount,
      audienceId: campaign.audienceId,
      audienceStatus: audience.status,
      acknowledgedAt: workspace.collectedAcknowledgedAt,
    })
    .from(campaign)
    .innerJoin(community, eq(community.id, campaign.communityId))
    .innerJoin(audience, eq(audience.id, campaign.audienceId))
    .innerJoin(workspace, eq(workspace.id, ctx.workspaceId))
    .where(eq(campaign.id, campaignId))
    .for('no key update', { of: campaign });
  const row = onlyRow(found, 'not_found');
  const accounts = await tx.execute<{ status: AccountStatus; wantsPerson: boolean; mayInvite: boolean }>(sql`
    select a.status, a.wants_person as "wantsPerson", coalesce(x.may_invite, false) as "mayInvite"
    from campaign_account ca
    join account a on a.id = ca.account_id
    left join community_access x on x.account_id = a.id and x.community_id = ${row.communityId}
    where ca.campaign_id = ${campaignId}`);
  const [targets] = await tx.execute<{ total: number; collected: number }>(sql`
    select count(*)::int as total, (count(*) filter (where basis = 'collected'))::int as collected
    from audience_member where audience_id = ${row.audienceId}`);
  const { kind, membersCount } = row;
  orRefuse(
    judgeStart({
      status: row.status,
      community: kind && membersCount !== null ? { kind, membersCount } : null,
      audienceStatus: row.audienceStatus,
      accounts,
      targets: targets ?? { total: 0, collected: 0 },
      isCollectedAcknowledged: row.acknowledgedAt !== null,
    }),
  );
  return { audienceId: row.audienceId, communityId: row.communityId };
};

type Place = { campaignId: string; communityId: string };

/** Hashes are made here and not in SQL, because the key never goes to the database. */
const endSuppressed = async (
  tx: Tx,
  ctx: CommandContext,
  { campaignId, communityId, hashPerson }: Place & { hashPerson: HashPerson },
): Promise<void> => {
  const [any] = await tx.execute(sql`select 1 from never_contact limit 1`);
  if (!any) return;
  const people = await tx.execute<{
    target_id: string;
    telegram_id: string | null;
    username: string | null;
    phone: string | null;
  }>(sql`
    select t.id as target_id, p.telegram_id, p.username, p.phone from target t join person p on p.id = t.person_id
    where t.campaign_id = ${campaignId}`);
  const hashed = people.map((row) => ({
    targetId: row.target_id,
    hashes: hashPerson({ ...row, telegramId: row.telegram_id }),
  }));
  const suppressed = await findSuppressed(
    tx,
    communityId,
    hashed.flatMap((row) => row.hashes),
  );
  const targetIds = hashed
    .filter((row) => row.hashes.some((hash) => suppressed.has(hash.toString('hex'))))
    .map((row) => row.targetId);
  await tx.execute(sql`
    update target set status = 'suppressed', reason = 'suppressed', settled_at = ${at(ctx.now)}
    where id in (select value::uuid from json_array_elements_text(${JSON.stringify(targetIds)}::json) as ended(value))`);
};

/** Whoever was seen in the community's own list of members need not be invited. */
const endMembers = async (tx: Tx, ctx: CommandContext, place: Place): Promise<void> => {
  await tx.execute(sql`
    update target set status = 'already_member', reason = 'already_member', settled_at = ${at(ctx.now)}
    where campaign_id = ${place.campaignId} and status = 'pending' and person_id in (
      select s.person_id from sighting s join parse_task t on t.id = s.parse_task_id
      where t.community_id = ${place.communityId} and t.source = 'members')`);
};
