import { z } from 'zod';
import { NODE_STATUSES } from '#core/fleet/node-status.ts';
import { wholeOf } from './page.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();

/** The typed words by which an owner lets collected people be added; kept in the audit log. */
export const acknowledgementBody = z.strictObject({ text: z.string().trim().min(1).max(500) });

/**
 * Every place a worker ever had. `seenAt` is real time. Answered whole: a place is taken again by the next worker of its
 * machine, so that there are no more than have ever run at once.
 */
export const nodesAnswerSchema = wholeOf(
  z.object({
    name: z.string(),
    status: z.enum(NODE_STATUSES),
    version: z.string().nullable(),
    /** Jobs at once. */
    capacity: z.int().nullable(),
    seenAt: moment.nullable(),
  }),
).extend({ realNow: moment });
export type NodesAnswer = z.infer<typeof nodesAnswerSchema>;

/**
 * Every version, newest first; none while the ceilings themselves are in force. Answered whole: each was signed by a person
 * at the terminal, and whoever reads of one compares it with the others.
 */
export const policiesAnswerSchema = wholeOf(
  z.object({
    version: z.int(),
    /** Null when its text is no lawful policy of this version of Usher. */
    policy: z.record(z.string(), z.number()).nullable(),
    reason: z.string(),
    publishedAt: moment,
    /** A worker could not verify it, and kept the one before. */
    rejectedAt: moment.nullable(),
  }),
);
export type PoliciesAnswer = z.infer<typeof policiesAnswerSchema>;

/** Version 0 is the ceilings themselves. */
export const policyInForceSchema = serverTimeSchema.extend({
  version: z.int(),
  policy: z.record(z.string(), z.number()),
  ceilings: z.record(z.string(), z.number()),
});
export type PolicyInForce = z.infer<typeof policyInForceSchema>;

const version = z.coerce.number().int().min(0);
export const policyDiffQuery = z.strictObject({ from: version, to: version });

/** One entry for each limit that differs; none when nothing does. */
export const policyDiffSchema = z.object({
  from: z.int(),
  to: z.int(),
  changes: z.array(z.object({ field: z.string(), before: z.number(), after: z.number() })),
});
