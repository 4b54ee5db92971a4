import { z } from 'zod';
import type { ParseSource } from '../statuses.ts';
import type { MessageConditions } from '../telegram/user-session.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';

/** What a parse is told to look for. Conditions on messages decide which count; their texts are never kept. */
export const parseWishSchema = z.object({
  /** Messages from this moment on. */
  since: z.iso.datetime().optional(),
  /** Messages before this moment. */
  until: z.iso.datetime().optional(),
  /** Messages that hold this word, as Telegram's own search finds it. */
  keyword: z.string().trim().min(2).max(64).optional(),
  /** Authors of fewer such messages are not kept. */
  minMessages: z.int().min(2).max(1000).optional(),
  /** Members beyond the 10,000 that Telegram lists, by a search for each letter that names begin with. */
  searchesLetters: z.literal(true).optional(),
});
export type ParseWish = z.infer<typeof parseWishSchema>;

const fitting: Record<keyof ParseWish, readonly ParseSource[]> = {
  since: ['messages', 'commenters', 'reactions'],
  until: ['messages', 'commenters', 'reactions'],
  keyword: ['messages', 'commenters'],
  minMessages: ['messages', 'commenters'],
  searchesLetters: ['members'],
};

/** Refuses with `invalid_input` and the field a wish that its source cannot grant. */
export function judgeWish(source: ParseSource, wish: ParseWish): Verdict<void> {
  const fields = Object.keys(fitting) as (keyof ParseWish)[];
  const unfit = fields.find((field) => wish[field] !== undefined && !fitting[field].includes(source));
  if (unfit) return refuse('invalid_input', { field: `wish.${unfit}` });
  const isEmptySpan = wish.since !== undefined && wish.until !== undefined && wish.since >= wish.until;
  return isEmptySpan ? refuse('invalid_input', { field: 'wish.until' }) : allow(undefined);
}

export const conditionsOf = ({ since, until, keyword }: ParseWish): MessageConditions => ({
  ...(since && { since: new Date(since) }),
  ...(until && { until: new Date(until) }),
  ...(keyword && { keyword }),
});
