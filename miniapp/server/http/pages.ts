import type { Page, TimeCursor } from '#db/queries/page.ts';
import { readCursor, writeCursor } from './cursor.ts';

type Asked = { limit: number; cursor?: string | undefined };

/** The page that a query asks for. */
export const pageWish = ({ limit, cursor }: Asked): { limit: number; after: TimeCursor | undefined } => {
  const place = cursor === undefined ? undefined : readCursor(cursor, 'id');
  return { limit, after: place && { at: place.at, id: place.key } };
};

/** A page as it is answered, each row by `view`; `next` asks for the page after. */
export const pageView = <Row, Item>({ items, total, next }: Page<Row>, view: (row: Row) => Item) => ({
  items: items.map(view),
  total,
  next: next ? writeCursor(next.at, next.id) : null,
});
