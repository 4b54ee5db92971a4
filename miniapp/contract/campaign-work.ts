import { z } from 'zod';
import { BASES, CAMPAIGN_MODES, CAMPAIGN_STATUSES, PRIORITIES, TARGET_STATUSES } from '#core/statuses.ts';
import { targetCountsSchema } from './campaigns.ts';
import { pageOf, pageQuery } from './page.ts';
import { RESUME_REASON_LENGTH } from './resume-reason.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

export const campaignBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  mode: z.enum(CAMPAIGN_MODES).default('direct_add'),
  priority: z.enum(PRIORITIES).default('normal'),
  communityId: z.uuid(),
  audienceId: z.uuid(),
  accountIds: z.array(z.uuid()).min(1).max(1000),
});

export const campaignCreatedSchema = z.object({ campaignId: z.uuid() });

/** `reason` is needed when a breaker has stopped the community. */
export const startBody = z.strictObject({
  reason: z.string().trim().min(1).max(RESUME_REASON_LENGTH).optional(),
});

export const startedSchema = z.object({ targets: count });

export const targetsQuery = z.strictObject({
  ...pageQuery.shape,
  status: z.enum(TARGET_STATUSES).optional(),
});

/** In the order in which they are tried. */
export const targetPageSchema = pageOf(
  z.object({
    targetId: z.uuid(),
    person: z.object({
      name: z.string(),
      username: z.string().nullable(),
      phone: z.string().nullable(),
    }),
    basis: z.enum(BASES),
    status: z.enum(TARGET_STATUSES),
    reason: z.string().nullable(),
    /** Not tried before this moment. */
    notBefore: moment.nullable(),
    settledAt: moment.nullable(),
  }),
);
export type TargetPage = z.infer<typeof targetPageSchema>;

export const reportAnswerSchema = serverTimeSchema.extend({
  report: z.object({
    name: z.string(),
    status: z.enum(CAMPAIGN_STATUSES),
    accounts: count,
    /** People known from parse tasks. */
    collected: count,
    /** Members of its audience that came from a typed list. */
    imported: count,
    counts: targetCountsSchema,
    reasons: z.array(z.object({ status: z.enum(TARGET_STATUSES), reason: z.string(), count })),
    waiting: z.array(z.object({ reason: z.string(), count, until: moment })),
    /** From the start to the end, or to the last try while it runs. */
    durationMs: z.number().min(0),
  }),
});
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;
