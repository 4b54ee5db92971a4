import { z } from 'zod';

/** `cursor` is what the page before gave as `next`. */
export const auditQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

/** What was done in the workspace, newest first; `total` counts all pages, `next` is null on the last page. */
export const auditPageSchema = z.object({
  items: z.array(
    z.object({
      auditId: z.uuid(),
      at: z.iso.datetime(),
      /** The first name of a person, or the part of Usher that acted by itself. */
      by: z.object({
        kind: z.enum(['operator', 'system']),
        name: z.string(),
        /** The API token that acted for the person; null when they did it themselves. */
        tokenId: z.uuid().nullable(),
      }),
      /** Entity and verb: `campaign.paused`. */
      action: z.string(),
      entityId: z.uuid().nullable(),
      before: z.unknown(),
      after: z.unknown(),
      /** Its place in the chain of the workspace; null until it is sealed, moments after it happened. */
      position: z.int().nullable(),
    }),
  ),
  total: z.int(),
  next: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;
