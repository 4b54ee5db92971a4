import { z } from 'zod';
import { RECOVERIES } from '#core/account/standing.ts';
import { BREAKERS } from '#core/breakers/breaker.ts';
import {
  ACCOUNT_STATUSES,
  ATTEMPT_STATUSES,
  CAMPAIGN_MODES,
  CAMPAIGN_STATUSES,
  PRIORITIES,
  TARGET_STATUSES,
} from '#core/statuses.ts';
import { pageOf } from './page.ts';
import { RESUME_REASON_LENGTH } from './resume-reason.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

/** `reason` is needed when a breaker has paused the campaign, and kept in the audit log. */
export const resumeBody = z.strictObject({
  reason: z.string().trim().min(1).max(RESUME_REASON_LENGTH).optional(),
});

export const campaignParams = z.object({ campaignId: z.uuid() });

/** Targets by where they stand; `settled` are those in a final state. */
export const targetCountsSchema = z.object({
  total: count,
  settled: count,
  pending: count,
  waiting: count,
  attempting: count,
  joined: count,
  alreadyMember: count,
  refused: count,
  unreachable: count,
  suppressed: count,
});

export const campaignSummarySchema = z.object({
  campaignId: z.uuid(),
  name: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
  /** Why it is paused, failed or cancelled: a reason of the catalogue. */
  statusBecause: z.string().nullable(),
  priority: z.enum(PRIORITIES),
  mode: z.enum(CAMPAIGN_MODES),
  /** Its title when an account has read it, else the reference it was given by. */
  community: z.string(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  counts: targetCountsSchema,
});
export type CampaignSummary = z.infer<typeof campaignSummarySchema>;

/** Newest first. */
export const campaignPageSchema = pageOf(campaignSummarySchema);
export type CampaignPage = z.infer<typeof campaignPageSchema>;

/** One account at work for the campaign, and when it may act next under which rule. */
export const laneSchema = z.object({
  accountId: z.uuid(),
  name: z.string(),
  username: z.string().nullable(),
  status: z.enum(ACCOUNT_STATUSES),
  statusError: z.string().nullable(),
  /** By whom it comes back and when at the earliest; null while it is at work. */
  recovery: z
    .object({ by: z.enum(RECOVERIES), at: moment.nullable(), appealUrl: z.url().nullable() })
    .nullable(),
  nextSlotAt: moment.nullable(),
  nextSlotBecause: z.string().nullable(),
});
export type Lane = z.infer<typeof laneSchema>;

export const feedEntrySchema = z.object({
  attemptId: z.uuid(),
  at: moment,
  person: z.object({ name: z.string(), username: z.string().nullable() }),
  account: z.object({ name: z.string(), username: z.string().nullable() }),
  status: z.enum(ATTEMPT_STATUSES),
  reason: z.string().nullable(),
});
export type FeedEntry = z.infer<typeof feedEntrySchema>;

export const campaignDetailSchema = campaignSummarySchema.extend({
  pace: z.object({
    /** People who got an answer in the last 24 hours of business time. */
    settledLastDay: count,
    /** What is left at that pace; null while there is too little to go by. */
    timeLeftMs: z.number().min(0).nullable(),
  }),
  /** The breakers that hold it: what was counted, of how many where a share counts, and what would have been fine. */
  stops: z.array(
    z.object({
      kind: z.enum(BREAKERS),
      counted: count,
      sample: count.nullable(),
      allowed: count,
      openedAt: moment,
    }),
  ),
  /** A breaker has paused it: it is resumed only with a reason. */
  wantsReason: z.boolean(),
  lanes: z.array(laneSchema),
  /** Why people ended without joining, most frequent first. */
  reasons: z.array(z.object({ status: z.enum(TARGET_STATUSES), reason: z.string(), count })),
  /** Who is tried again later, why, and the earliest moment of each reason. */
  waiting: z.array(z.object({ reason: z.string(), count, until: moment })),
  /** The last tries, newest first. */
  feed: z.array(feedEntrySchema),
});
export type CampaignDetail = z.infer<typeof campaignDetailSchema>;

export const campaignAnswerSchema = serverTimeSchema.extend({ campaign: campaignDetailSchema });
export type CampaignAnswer = z.infer<typeof campaignAnswerSchema>;

export const campaignStatusAnswerSchema = z.object({ status: z.enum(CAMPAIGN_STATUSES) });
