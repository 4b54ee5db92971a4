import { and, eq, gt, lt, or } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** Where the next page of a list by time begins: behind this row. `id` tells rows of one moment apart. */
export type TimeCursor = { at: Date; id: string };

export type PageWish = { limit: number; after?: TimeCursor | undefined };

/** `total` counts all pages; without `next` this is the last. */
export type Page<T> = { items: T[]; total: number; next: TimeCursor | undefined };

/** The rows behind a place in a list that is ordered by both columns, newest first or earliest first. */
export const behind = (
  at: PgColumn,
  id: PgColumn,
  after: TimeCursor | undefined,
  first: 'newest' | 'earliest' = 'newest',
) => {
  const further = first === 'newest' ? lt : gt;
  return after && or(further(at, after.at), and(eq(at, after.at), further(id, after.id)));
};

/** The page that `rows` hold, of which one more was read than is shown. */
export const toPage = <T>(
  rows: readonly T[],
  { limit, total }: { limit: number; total: number },
  placeOf: (row: T) => TimeCursor,
): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, total, next: rows.length > limit && last ? placeOf(last) : undefined };
};
