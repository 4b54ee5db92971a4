import { sql } from 'drizzle-orm';
import type { Assumption, Forecast } from '#core/forecast/forecast.ts';
import { runForecast } from '#core/forecast/run-forecast.ts';
import { Refused } from '#core/refusals.ts';
import type { CampaignStatus } from '#core/statuses.ts';
import { type CommandContext, inWorkspace, type Tx } from '../context.ts';
import { readCommunityAttempts, readForecastAccounts, readForecastTargets } from '../forecast-facts.ts';
import { policyInForce } from '../policies.ts';

export type CampaignForecast = Forecast & {
  /** What it takes for granted. */
  assumes: Assumption[];
};

/** How a pause falls on average. */
const meanRoll = () => 0.5;

/**
 * What becomes of a campaign from `ctx.now` on by the rules of the engine: when it ends or why it never does, how fast
 * it goes, and which limit holds it back. Undefined when it has ended. Throws `not_found` when the workspace has no
 * such campaign.
 *
 * Only this campaign is run forward: what the same accounts do for others is counted up to now and then assumed to rest.
 */
export const getForecast = (
  ctx: CommandContext,
  input: { campaignId: string; roll?: (account: number, invite: number) => number },
): Promise<CampaignForecast | undefined> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { campaignId, roll = meanRoll } = input;
    const head = await selectHead(tx, campaignId);
    if (!isOpen(head.status)) return undefined;
    const place = { campaignId, communityId: head.communityId, now: ctx.now };
    const policy = await policyInForce(tx, ctx);
    const accounts = await readForecastAccounts(tx, place);
    const forecast = runForecast({
      policy,
      now: ctx.now,
      communityId: head.communityId,
      accounts,
      communityAttempts: await readCommunityAttempts(tx, place),
      targets: await readForecastTargets(tx, { campaignId, ...head }, accounts),
      roll,
    });
    return { ...forecast, assumes: assumptionsOf(head) };
  });

const isOpen = (status: CampaignStatus): boolean =>
  status === 'draft' || status === 'scheduled' || status === 'running' || status === 'paused';

type Head = {
  status: CampaignStatus;
  communityId: string;
  audienceId: string;
  others: number;
  hasSuppressions: boolean;
};

const selectHead = async (tx: Tx, campaignId: string): Promise<Head> => {
  const [row] = await tx.execute<Head>(sql`
    select c.status, c.community_id as "communityId", c.audience_id as "audienceId",
      exists (select from never_contact) as "hasSuppressions",
      (select count(distinct other.id)::int
        from campaign_account mine
        join campaign_account theirs on theirs.account_id = mine.account_id and theirs.campaign_id <> c.id
        join campaign other on other.id = theirs.campaign_id and other.status = 'running'
        where mine.campaign_id = c.id) as others
    from campaign c where c.id = ${campaignId}`);
  if (!row) throw new Refused('not_found');
  return row;
};

function assumptionsOf({ status, others, hasSuppressions }: Head): Assumption[] {
  const hasBegun = status === 'running' || status === 'paused';
  return [
    'first_answers',
    ...(status === 'running' ? [] : (['starts_now'] as const)),
    ...(!hasBegun && hasSuppressions ? (['nobody_suppressed'] as const) : []),
    ...(others > 0 ? (['alone'] as const) : []),
  ];
}
