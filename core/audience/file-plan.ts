import { z } from 'zod';
import { BASES } from '../statuses.ts';

/** What becomes of the people of a file: members of a new audience, or people who are never contacted again. */
export const filePlanSchema = z.discriminatedUnion('into', [
  z.strictObject({
    into: z.literal('audience'),
    name: z.string().trim().min(1).max(100),
    basis: z.enum(BASES),
    /** Imports what can be read although some rows cannot. */
    onlyGoodRows: z.boolean().default(false),
  }),
  z.strictObject({
    into: z.literal('suppression'),
    reason: z.string().trim().min(1).max(200),
    onlyGoodRows: z.boolean().default(false),
  }),
]);
export type FilePlan = z.infer<typeof filePlanSchema>;

export const LARGEST_FILE_BYTES = 200 * 1024 * 1024;
export const MOST_FILE_ROWS = 2_000_000;
/** Of the rows that name nobody so many are kept to be looked at; all of them are counted. */
export const MOST_FILE_ERRORS = 10_000;
export const PREVIEW_ROWS = 20;
