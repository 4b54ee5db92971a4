import type { Page, PageWish } from '#db/queries/page.ts';
import { readCursor, writeCursor } from './cursor.ts';

type Asked = { limit: number; cursor?: string | undefined };

/** The page that a query asks for, of a list whose rows of one moment are told apart by such a key. */
export const pageWish = ({ limit, cursor }: Asked, key: 'id' | 'number' = 'id'): PageWish => {
  const place = cursor === undefined ? undefined : readCursor(cursor, key);
  return { limit, after: place && { at: place.at, id: place.key } };
};

/** A page as it is answered, each row by `view`; `next` asks for the page after. */
export const pageView = <Row, Item>({ items, total, next }: Page<Row>, view: (row: Row) => Item) => ({
  items: items.map(view),
  total,
  next: next ? writeCursor(next.at, next.id) : null,
});
