import { z } from 'zod';
import { peopleWishSchema } from '#core/audience/people-wish.ts';
import { EXPORT_FORMATS, EXPORT_STATUSES } from '#core/statuses.ts';
import { serverTimeSchema } from './session.ts';

export const exportParams = z.object({ exportId: z.uuid() });

export const exportBody = z.strictObject({
  ...peopleWishSchema.shape,
  format: z.enum(EXPORT_FORMATS),
});

export const exportCreatedSchema = z.object({ exportId: z.uuid() });

export const exportAnswerSchema = serverTimeSchema.extend({
  export: z.object({
    exportId: z.uuid(),
    format: z.enum(EXPORT_FORMATS),
    status: z.enum(EXPORT_STATUSES),
    rows: z.int().min(0),
    sizeBytes: z.int().min(0),
    createdAt: z.iso.datetime(),
  }),
});
export type ExportAnswer = z.infer<typeof exportAnswerSchema>;
