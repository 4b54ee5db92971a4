import { z } from 'zod';
import { serverTimeSchema } from './session.ts';

const LARGEST_PAGE = 100;

/** `cursor` is what the page before gave as `next`. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
  cursor: z.string().max(200).optional(),
});

/** `total` counts all pages, `next` is null on the last. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  serverTimeSchema.extend({
    items: z.array(item),
    total: z.int().min(0),
    next: z.string().nullable(),
  });

/** A list that stays short by its nature and is answered whole; where it is used stands why. */
export const wholeOf = <S extends z.ZodType>(item: S) =>
  serverTimeSchema.extend({ items: z.array(item), total: z.int().min(0) });
