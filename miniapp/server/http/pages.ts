import type { TimeCursor } from '#db/queries/page.ts';
import { readCursor, writeCursor } from './cursor.ts';

type Asked = { limit: number; cursor?: string | undefined };

/** The page that a query asks for. */
export const pageWish = ({ limit, cursor }: Asked): { limit: number; after: TimeCursor | undefined } => {
  const place = cursor === undefined ? undefined : readCursor(cursor, 'id');
  return { limit, after: place && { at: place.at, id: place.key } };
};

/** How the page after is asked for. */
export const nextCursor = (next: TimeCursor | undefined): string | null =>
  next ? writeCursor(next.at, next.id) : null;
