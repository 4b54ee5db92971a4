import { type SQL, sql } from 'drizzle-orm';
import type { PeopleSort, PeopleWish } from '#core/audience/people-wish.ts';
import { Refused } from '#core/refusals.ts';
import type { LastSeenBucket } from '#core/telegram/user-session.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { type PeoplePart, partsOf } from '../people-search.ts';

export type PersonItem = {
  personId: string;
  telegramId: string | null;
  username: string | null;
  phone: string | null;
  firstName: string;
  lastName: string | null;
  isBot: boolean;
  isDeleted: boolean;
  isScam: boolean;
  isPremium: boolean;
  hasPhoto: boolean;
  isAdminSomewhere: boolean;
  lastSeen: LastSeenBucket;
  /** When the workspace saw them last. */
  seenAt: Date;
};

/** `total` counts no further than `COUNTED_PEOPLE`. */
export type PeoplePage = { items: PersonItem[]; total: number; next: string | undefined };

/** Counting five million people takes a second, and nobody pages through more than this. */
export const COUNTED_PEOPLE = 1_000;

/**
 * People of the workspace that the wish lets through. What a search finds comes in alphabetical order; `sort` is for the
 * rest. `after` is the person on whom the last page ended. Throws `not_found` for a person nobody knows.
 */
export const listPeople = (
  ctx: QueryContext,
  wish: PeopleWish & { sort?: PeopleSort | undefined; after?: string | undefined; limit: number },
): Promise<PeoplePage> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { limit, after } = wish;
    const order = orderOf(wish);
    const parts = partsOf(wish).map((part) => ({ ...part, key: order.key ?? part.key }));
    const place = after === undefined ? undefined : await placeOf(tx, parts, after, order);
    const rows = await tx.execute<Row>(sql`
      select * from (${joined(parts.map((part) => pageOf(part, { order, place, limit })))}) as found
      order by ${order.by(sql`key`)} limit ${limit + 1}`);
    const [counted] = await tx.execute<{ total: number }>(sql`
      select least(count(*), ${COUNTED_PEOPLE})::int as total from (
        ${joined(parts.map(({ rows: of }) => sql`(select 1 ${of} limit ${COUNTED_PEOPLE})`))}) as counted`);
    const items = rows.slice(0, limit).map(toItem);
    const next = rows.length > limit ? items.at(-1)?.personId : undefined;
    return { items, total: counted?.total ?? 0, next };
  });

const joined = (selects: readonly SQL[]) => sql.join([...selects], sql` union all `);

type Order = {
  /** What is compared instead of a part's own key. */
  key: SQL | undefined;
  by(key: SQL): SQL;
  /** Rows behind a place. */
  behind(key: SQL, place: Place): SQL;
};
type Place = { key: string; id: string };

const orderOf = ({
  search,
  sort = 'name',
}: {
  search?: string | undefined;
  sort?: PeopleSort | undefined;
}) => (search ? ORDERS.name : ORDERS[sort]);

const byText = (less: SQL, more: SQL, idMore: SQL, direction: SQL): Order => ({
  key: undefined,
  by: (key) => sql`${key} using ${less}, id ${direction}`,
  behind: (key, place) =>
    sql`(${key} ${more} ${place.key} or (${key} = ${place.key} and p.id ${idMore} ${place.id}))`,
});
const byMoment = (more: SQL, direction: SQL): Order => ({
  key: sql`p.seen_at`,
  by: (key) => sql`${key} ${direction}, id ${direction}`,
  behind: (key, place) => sql`(${key}, p.id) ${more} (${place.key}::timestamptz, ${place.id}::uuid)`,
});

const ORDERS: Record<PeopleSort, Order> = {
  name: byText(sql`~<~`, sql`~>~`, sql`>`, sql`asc`),
  '-name': byText(sql`~>~`, sql`~<~`, sql`<`, sql`desc`),
  seen: byMoment(sql`>`, sql`asc`),
  '-seen': byMoment(sql`<`, sql`desc`),
};

const pageOf = (
  { key, rows }: PeoplePart,
  { order, place, limit }: { order: Order; place: Place | undefined; limit: number },
) => sql`
  (select ${key} as key, p.id, p.telegram_id, p.username, p.phone, p.first_name, p.last_name, p.is_bot, p.is_deleted, p.is_scam,
    p.is_premium, p.has_photo, p.is_admin_somewhere, p.last_seen, p.seen_at
  ${rows} ${place ? sql`and ${order.behind(key, place)}` : sql``}
  order by ${order.by(sql`key`)} limit ${limit + 1})`;

/** Where the last page ended: the key under which that person was found, read anew. */
const placeOf = async (
  tx: Tx,
  parts: readonly PeoplePart[],
  personId: string,
  order: Order,
): Promise<Place> => {
  const [found] = await tx.execute<{ key: string }>(
    joined(parts.map(({ key, rows }) => sql`(select ${key}::text as key ${rows} and p.id = ${personId})`)),
  );
  if (found) return { key: found.key, id: personId };
  // Somebody who has changed since is no longer in the list, but still has a place in its order.
  const [changed] = await tx.execute<{ key: string }>(
    sql`select ${order.key ?? sql`p.name_key`}::text as key from person p where p.id = ${personId}`,
  );
  if (!changed) throw new Refused('not_found');
  return { key: changed.key, id: personId };
};

type Row = {
  key: string;
  id: string;
  telegram_id: string | null;
  username: string | null;
  phone: string | null;
  first_name: string;
  last_name: string | null;
  is_bot: boolean;
  is_deleted: boolean;
  is_scam: boolean;
  is_premium: boolean;
  has_photo: boolean;
  is_admin_somewhere: boolean;
  last_seen: LastSeenBucket;
  seen_at: string;
};

const toItem = (row: Row): PersonItem => ({
  personId: row.id,
  telegramId: row.telegram_id,
  username: row.username,
  phone: row.phone,
  firstName: row.first_name,
  lastName: row.last_name,
  isBot: row.is_bot,
  isDeleted: row.is_deleted,
  isScam: row.is_scam,
  isPremium: row.is_premium,
  hasPhoto: row.has_photo,
  isAdminSomewhere: row.is_admin_somewhere,
  lastSeen: row.last_seen,
  seenAt: new Date(row.seen_at),
});
