import { eq, sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { CampaignStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { campaign } from '../schema/index.ts';
import { type ReasonCount, selectReasons, selectWaiting, type WaitingCount } from './get-campaign.ts';
import { countTargets, NO_TARGETS, type TargetCounts } from './target-counts.ts';

/** What a campaign came to, from the accounts and the people collected to the last refusal. */
export type CampaignReport = {
  name: string;
  status: CampaignStatus;
  accounts: number;
  /** People known from parse tasks. */
  collected: number;
  /** Members of its audience that came from a typed list or a file. */
  imported: number;
  counts: TargetCounts;
  reasons: ReasonCount[];
  waiting: WaitingCount[];
  /** From the start to the end, or to the last attempt while it runs; 0 before the first. */
  durationMs: number;
};

export const getCampaignReport = (
  ctx: QueryContext,
  input: { campaignId: string },
): Promise<CampaignReport> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { campaignId } = input;
    const [head] = await tx.select().from(campaign).where(eq(campaign.id, campaignId));
    if (!head) throw new Refused('not_found');
    const sums = await selectSums(tx, campaignId, head.audienceId);
    const endedAt = head.finishedAt ?? (sums.lastAttemptAt ? new Date(sums.lastAttemptAt) : null);
    return {
      name: head.name,
      status: head.status,
      accounts: sums.accounts,
      collected: sums.collected,
      imported: sums.imported,
      counts: (await countTargets(tx, [campaignId])).get(campaignId) ?? NO_TARGETS,
      reasons: await selectReasons(tx, campaignId),
      waiting: await selectWaiting(tx, campaignId),
      durationMs: head.startedAt && endedAt ? endedAt.getTime() - head.startedAt.getTime() : 0,
    };
  });

type Sums = { accounts: number; collected: number; imported: number; lastAttemptAt: string | null };

const selectSums = async (tx: Tx, campaignId: string, audienceId: string): Promise<Sums> => {
  const [row] = await tx.execute<Sums>(sql`
    select
      (select count(*)::int from campaign_account where campaign_id = ${campaignId}) as accounts,
      (select count(distinct person_id)::int from sighting) as collected,
      (select count(*)::int from audience_member
        where audience_id = ${audienceId} and basis <> 'collected') as imported,
      (select max(counted_at) from attempt where campaign_id = ${campaignId}) as "lastAttemptAt"`);
  if (!row) throw new Error('a query of sums answers one row');
  return row;
};
