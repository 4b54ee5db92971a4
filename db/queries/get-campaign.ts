import { and, asc, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { BreakerEvidence, BreakerKind } from '#core/breakers/breaker.ts';
import { Refused } from '#core/refusals.ts';
import type { AttemptStatus, TargetStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { account, attempt, breaker, campaign, community, person, target } from '../schema/index.ts';
import { type AccountItem, selectAccounts } from './list-accounts.ts';
import { type CampaignItem, campaignColumns } from './list-campaigns.ts';
import { countTargets, NO_TARGETS } from './target-counts.ts';

/** One finished try, newest first: whom, by which account, and how it ended. */
export type FeedEntry = {
  attemptId: string;
  at: Date;
  personName: string;
  personUsername: string | null;
  accountName: string;
  accountUsername: string | null;
  status: AttemptStatus;
  reason: string | null;
};

export type ReasonCount = { status: TargetStatus; reason: string; count: number };
export type WaitingCount = { reason: string; count: number; until: Date };

/** An open breaker with its evidence. */
export type CampaignStop = BreakerEvidence & { kind: BreakerKind; openedAt: Date };

export type CampaignDetail = CampaignItem & {
  /** The breakers that hold it. */
  stops: CampaignStop[];
  /** The accounts that work for it, each with its next slot and the rule that binds it. */
  lanes: AccountItem[];
  /** Why people ended without joining, most frequent first. */
  reasons: ReasonCount[];
  /** Who may be tried again, why not yet, and the earliest moment of each reason. */
  waiting: WaitingCount[];
  feed: FeedEntry[];
};

const FEED_LENGTH = 20;

/** Throws `not_found` when the workspace has no such campaign. */
export const getCampaign = (ctx: QueryContext, input: { campaignId: string }): Promise<CampaignDetail> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { campaignId } = input;
    const [head] = await tx
      .select(campaignColumns)
      .from(campaign)
      .innerJoin(community, eq(community.id, campaign.communityId))
      .where(eq(campaign.id, campaignId));
    if (!head) throw new Refused('not_found');
    const counts = await countTargets(tx, [campaignId]);
    return {
      ...head,
      counts: counts.get(campaignId) ?? NO_TARGETS,
      stops: await selectStops(tx, campaignId),
      lanes: await selectLanes(tx, campaignId),
      reasons: await selectReasons(tx, campaignId),
      waiting: await selectWaiting(tx, campaignId),
      feed: await selectFeed(tx, campaignId),
    };
  });

/** Its own and its community's. */
export const selectStops = (tx: Tx, campaignId: string): Promise<CampaignStop[]> =>
  tx
    .select({
      kind: breaker.kind,
      counted: breaker.counted,
      sample: breaker.sample,
      allowed: breaker.allowed,
      openedAt: breaker.openedAt,
    })
    .from(campaign)
    .innerJoin(
      breaker,
      and(
        eq(breaker.communityId, campaign.communityId),
        or(isNull(breaker.campaignId), eq(breaker.campaignId, campaign.id)),
        isNull(breaker.closedAt),
      ),
    )
    .where(eq(campaign.id, campaignId))
    .orderBy(asc(breaker.openedAt));

const selectLanes = (tx: Tx, campaignId: string): Promise<AccountItem[]> =>
  selectAccounts(
    tx,
    sql`${account.id} in (select account_id from campaign_account where campaign_id = ${campaignId})`,
  );

/** Reasons of final states other than joined. */
export const selectReasons = (tx: Tx, campaignId: string): Promise<ReasonCount[]> =>
  tx
    .select({
      status: target.status,
      reason: sql<string>`coalesce(${target.reason}, ${target.status}::text)`,
      count: sql<number>`count(*)::int`,
    })
    .from(target)
    .where(
      and(
        eq(target.campaignId, campaignId),
        sql`${target.status} in ('refused', 'unreachable', 'suppressed', 'already_member')`,
      ),
    )
    .groupBy(target.status, target.reason)
    .orderBy(desc(sql`count(*)`), asc(target.reason));

export const selectWaiting = (tx: Tx, campaignId: string): Promise<WaitingCount[]> =>
  tx
    .select({
      reason: sql<string>`coalesce(${target.reason}, 'waiting')`,
      count: sql<number>`count(*)::int`,
      until: sql<Date>`min(${target.notBefore})`.mapWith(target.notBefore),
    })
    .from(target)
    .where(and(eq(target.campaignId, campaignId), eq(target.status, 'waiting'), isNotNull(target.notBefore)))
    .groupBy(target.reason)
    .orderBy(asc(sql`min(${target.notBefore})`));

const selectFeed = (tx: Tx, campaignId: string): Promise<FeedEntry[]> =>
  tx
    .select({
      attemptId: attempt.id,
      at: sql<Date>`coalesce(${attempt.countedAt}, ${attempt.startedAt})`.mapWith(attempt.startedAt),
      personName: person.firstName,
      personUsername: person.username,
      accountName: account.firstName,
      accountUsername: account.username,
      status: attempt.status,
      reason: attempt.reason,
    })
    .from(attempt)
    .innerJoin(person, eq(person.id, attempt.personId))
    .innerJoin(account, eq(account.id, attempt.accountId))
    .where(and(eq(attempt.campaignId, campaignId), sql`${attempt.status} <> 'attempting'`))
    .orderBy(desc(attempt.startedAt))
    .limit(FEED_LENGTH);
