import { z } from 'zod';
import { HEALTH_ISSUES } from '#core/account/health.ts';
import { laneSchema } from './campaigns.ts';
import { serverTimeSchema } from './session.ts';

const count = z.int().min(0);

export const accountParams = z.object({ accountId: z.uuid() });

/** Why it may act again after repeated spam warnings; kept in the audit log. */
export const accountResumeBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** In the order of their first sign-in. */
export const accountsAnswerSchema = serverTimeSchema.extend({ items: z.array(laneSchema), total: count });
export type AccountsAnswer = z.infer<typeof accountsAnswerSchema>;

const limitUseSchema = z.object({
  rule: z.string(),
  used: count,
  limit: count,
  /** When there is room again; null means never. */
  roomAt: z.iso.datetime().nullable(),
});

export const accountAnswerSchema = serverTimeSchema.extend({
  account: laneSchema.extend({
    health: z.object({
      score: z.int().min(0).max(100),
      issues: z.array(z.object({ issue: z.enum(HEALTH_ISSUES), points: z.int(), count })),
    }),
    /** What it has used of each of its own limits, and of those in each community it ever invited into. */
    limits: z.array(limitUseSchema),
    communities: z.array(
      z.object({ communityId: z.uuid(), title: z.string(), limits: z.array(limitUseSchema) }),
    ),
  }),
});
export type AccountAnswer = z.infer<typeof accountAnswerSchema>;
