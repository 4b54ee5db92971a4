import { z } from 'zod';
import { PROBLEM_CODES } from './problem-codes.ts';

/** Every answer that is not a success, as `application/problem+json` (RFC 9457). */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  /** The phrase of the status. */
  title: z.string(),
  status: z.int(),
  /** Stable, and the key of its sentence in the catalogue. */
  code: z.enum(PROBLEM_CODES),
  /** Numbers and names the sentence needs. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The fields of the input that are wrong, by path; an unknown one is named too. */
  fields: z.array(z.string()).optional(),
  /** Also in the header `x-request-id` and in the server's log. */
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
