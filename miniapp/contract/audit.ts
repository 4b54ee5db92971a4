import { z } from 'zod';
import { pageOf } from './page.ts';

/** Who did something: the first name of a person, or the part of Usher that acted by itself. */
export const doerSchema = z.object({
  kind: z.enum(['operator', 'system']),
  name: z.string(),
  /** The API token that acted for the person; null when they did it themselves. */
  tokenId: z.uuid().nullable(),
});
export type Doer = z.infer<typeof doerSchema>;

/** What was done in the workspace, newest first. */
export const auditPageSchema = pageOf(
  z.object({
    auditId: z.uuid(),
    at: z.iso.datetime(),
    by: doerSchema,
    /** Entity and verb: `campaign.paused`. */
    action: z.string(),
    entityId: z.uuid().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    /** Its place in the chain of the workspace; null until it is sealed, moments after it happened. */
    position: z.int().nullable(),
  }),
);
export type AuditPage = z.infer<typeof auditPageSchema>;
