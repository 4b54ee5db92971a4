import { z } from 'zod';
import { ADMIN_RIGHTS } from '#core/community/admin-rights.ts';
import { doerSchema } from './audit.ts';
import { laneSchema } from './campaigns.ts';
import { pageOf, wholeOf } from './page.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const hash = z.string().regex(/^-?\d{1,19}$/);

export const accountParams = z.object({ accountId: z.uuid() });
/** Why it may act again after repeated spam warnings; kept in the audit log. */
export const accountResumeBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export const authorizationParams = accountParams.extend({ hash });

/** In the order of their first sign-in. */
export const accountPageSchema = pageOf(laneSchema);
export type AccountPage = z.infer<typeof accountPageSchema>;

const usageSchema = z.object({
  rule: z.string(),
  used: z.int(),
  limit: z.int(),
  roomAt: moment.nullable(),
});

export const accountAnswerSchema = serverTimeSchema.extend({
  account: laneSchema.extend({
    lastName: z.string().nullable(),
    isPremium: z.boolean(),
    /** Null until its profile was read. */
    hasPhoto: z.boolean().nullable(),
    refreshedAt: moment.nullable(),
    isLoggingOut: z.boolean(),
    health: z.object({
      score: z.int(),
      issues: z.array(z.object({ issue: z.string(), count: z.int(), points: z.int() })),
    }),
    limits: z.array(usageSchema),
    /** What it may do in each community, as of `checkedAt`. */
    rights: z.array(
      z.object({
        communityId: z.uuid(),
        name: z.string(),
        isMember: z.boolean(),
        isAdmin: z.boolean(),
        mayInvite: z.boolean(),
        adminRights: z.array(z.enum(ADMIN_RIGHTS)).readonly(),
        checkedAt: moment.nullable(),
        isChecking: z.boolean(),
        refusal: z.string().nullable(),
      }),
    ),
  }),
});
export type AccountAnswer = z.infer<typeof accountAnswerSchema>;

/**
 * The sessions of an account at Telegram, as of `readAt`; `hash` names one to be ended. Answered whole: Telegram lists them
 * whole, and an account has a handful.
 */
export const authorizationsAnswerSchema = wholeOf(
  z.object({
    hash,
    isCurrent: z.boolean(),
    device: z.string(),
    app: z.string(),
    country: z.string(),
    createdAt: moment,
    activeAt: moment,
    endAt: moment.nullable(),
    endError: z.string().nullable(),
  }),
).extend({ readAt: moment.nullable() });
export type AuthorizationsAnswer = z.infer<typeof authorizationsAnswerSchema>;

/** What came of an account’s calls, and what went wrong, the latest first. */
export const accountHistorySchema = serverTimeSchema.extend({
  results: z.array(z.object({ result: z.string(), day: z.int(), week: z.int(), total: z.int() })),
  errors: z.array(z.object({ error: z.string(), times: z.int(), lastAt: moment })),
});
export type AccountHistoryAnswer = z.infer<typeof accountHistorySchema>;

/** What was done with an account, newest first. */
export const accountLogPageSchema = pageOf(
  z.object({
    auditId: z.uuid(),
    at: moment,
    by: doerSchema,
    action: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
);
export type AccountLogPage = z.infer<typeof accountLogPageSchema>;
