import { z } from 'zod';
import { filePlanSchema } from '#core/audience/file-plan.ts';
import { fileReadingSchema } from '#core/audience/file-reading.ts';
import { AUDIENCE_FILE_STATUSES } from '#core/statuses.ts';
import { pageOf } from './page.ts';
import { serverTimeSchema } from './session.ts';

const count = z.int().min(0);

export const audienceFileParams = z.object({ fileId: z.uuid() });

/** The body is the file itself. */
export const uploadQuery = z.strictObject({ name: z.string().trim().min(1).max(200) });

export const fileReadingBody = fileReadingSchema;
export const filePlanBody = filePlanSchema;

export const fileCreatedSchema = z.object({ fileId: z.uuid() });
export const fileImportSchema = z.object({ audienceId: z.uuid().nullable() });

const fileSchema = z.object({
  fileId: z.uuid(),
  name: z.string(),
  sizeBytes: count,
  status: z.enum(AUDIENCE_FILE_STATUSES),
  /** `read` by the check or the import under way; `total` once a check has ended. */
  rows: z.object({
    read: count,
    total: count.nullable(),
    good: count,
    bad: count,
    repeated: count,
    suppressed: count,
  }),
  /** Why it cannot be read. */
  refusal: z.string().nullable(),
  audienceId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
});

export const audienceFilePageSchema = pageOf(fileSchema);
export type AudienceFilePage = z.infer<typeof audienceFilePageSchema>;

export const audienceFileAnswerSchema = serverTimeSchema.extend({
  file: fileSchema.extend({
    /** How it is read: guessed, and then what was chosen. Null before it has been looked at. */
    reading: fileReadingSchema.nullable(),
    /** Its first rows as they stand there. */
    preview: z.array(z.array(z.string())),
    plan: filePlanSchema.nullable(),
  }),
});
export type AudienceFileAnswer = z.infer<typeof audienceFileAnswerSchema>;
