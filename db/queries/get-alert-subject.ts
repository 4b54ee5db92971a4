import { eq } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import {
  account,
  audienceFile,
  campaign,
  community,
  limitPolicy,
  parseTask,
  webhook,
} from '../schema/index.ts';
import { type CampaignStop, selectStops } from './get-campaign.ts';
import { countTargets, NO_TARGETS, type TargetCounts } from './target-counts.ts';

export type AlertSubjectRef =
  | { campaignId: string }
  | { accountId: string }
  | { policyVersion: number }
  | { nodeName: string }
  | { part: string }
  | { webhookId: string }
  | { taskId: string }
  | { fileId: string };

/**
 * The name behind an event's id, a campaign's counts and open breakers; a policy is named by the reason it was published for, a webhook
 * by its host, a parse task by its community. Throws `not_found` for what is gone by now.
 */
export type AlertSubject = { name: string; counts?: TargetCounts; stops?: CampaignStop[] };

export const getAlertSubject = (ctx: QueryContext, subject: AlertSubjectRef): Promise<AlertSubject> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    if ('campaignId' in subject) {
      const { campaignId } = subject;
      const [row] = await tx
        .select({ name: campaign.name })
        .from(campaign)
        .where(eq(campaign.id, campaignId));
      if (!row) throw new Refused('not_found');
      const counts = (await countTargets(tx, [campaignId])).get(campaignId) ?? NO_TARGETS;
      return { name: row.name, counts, stops: await selectStops(tx, campaignId) };
    }
    if ('part' in subject) return { name: subject.part };
    if ('nodeName' in subject) return { name: subject.nodeName };
    if ('webhookId' in subject) {
      const [row] = await tx
        .select({ url: webhook.url })
        .from(webhook)
        .where(eq(webhook.id, subject.webhookId));
      if (!row) throw new Refused('not_found');
      return { name: new URL(row.url).host };
    }
    if ('taskId' in subject) {
      const [row] = await tx
        .select({ title: community.title, reference: community.reference })
        .from(parseTask)
        .innerJoin(community, eq(community.id, parseTask.communityId))
        .where(eq(parseTask.id, subject.taskId));
      if (!row) throw new Refused('not_found');
      return { name: row.title ?? row.reference };
    }
    if ('fileId' in subject) {
      const [row] = await tx
        .select({ name: audienceFile.name })
        .from(audienceFile)
        .where(eq(audienceFile.id, subject.fileId));
      if (!row) throw new Refused('not_found');
      return row;
    }
    if ('policyVersion' in subject) {
      const [row] = await tx
        .select({ reason: limitPolicy.reason })
        .from(limitPolicy)
        .where(eq(limitPolicy.version, subject.policyVersion));
      if (!row) throw new Refused('not_found');
      return { name: row.reason };
    }
    const [row] = await tx
      .select({ firstName: account.firstName, username: account.username })
      .from(account)
      .where(eq(account.id, subject.accountId));
    if (!row) throw new Refused('not_found');
    return { name: row.username ? `@${row.username}` : row.firstName };
  });
