import { type SQL, sql } from 'drizzle-orm';
import type { PeopleWish } from '#core/audience/people-wish.ts';
import { inOneTrip, type QueryContext } from '../context.ts';
import { partsOf } from '../people-search.ts';

/** What `readPeople` tells of each, in this order. */
export const PEOPLE_COLUMNS = [
  'telegram_id',
  'username',
  'first_name',
  'last_name',
  'last_seen',
  'is_premium',
  'has_photo',
  'is_bot',
  'is_deleted',
  'is_scam',
  'is_admin',
  'seen_at',
  'phone',
] as const;

type Cell = string | number | boolean | null;

const BATCH = 5_000;

/**
 * Everybody of a wish, in batches, for a reader of any speed: each batch is a transaction of its own that begins behind
 * the last person of the one before, so that no connection waits for whoever reads. The next one is read meanwhile.
 * Telegram ids are text, because a spreadsheet would round them.
 */
export async function* readPeople(ctx: QueryContext, wish: PeopleWish): AsyncGenerator<Cell[][]> {
  let coming = readBatch(ctx, wish, undefined);
  for (;;) {
    const { records, last, people } = await coming;
    if (people === BATCH) {
      coming = readBatch(ctx, wish, last);
      // Whoever stops reading never hears of it.
      coming.catch(() => {});
    }
    if (people > 0) yield rowsOf(records);
    if (people < BATCH) return;
  }
}

/**
 * One text for a batch costs least, in ASCII's own separators: no row for each in the protocol, no JSON to make and read.
 * They are taken out of names, which people choose freely.
 */
const RECORD = '\u001e';
const UNIT = '\u001f';
const NOTHING = '\u001d';

const nameOf = (column: SQL): SQL =>
  sql`coalesce(translate(${column}, ${RECORD + UNIT + NOTHING}, ''), ${NOTHING})`;

const readBatch = async (ctx: QueryContext, wish: PeopleWish, after: string | undefined) => {
  const parts = partsOf(wish).map(
    ({
      rows,
    }) => sql`(select p.id, p.telegram_id, p.username, p.first_name, p.last_name, p.last_seen, p.is_premium,
        p.has_photo, p.is_bot, p.is_deleted, p.is_scam, p.is_admin_somewhere, p.seen_at, p.phone
      ${rows} ${after ? sql`and p.id > ${after}` : sql``} order by p.id limit ${BATCH})`,
  );
  const [answer] = await inOneTrip(ctx.db, ctx.workspaceId, [
    sql`
    select string_agg(concat_ws(${UNIT}, coalesce(telegram_id::text, ${NOTHING}), coalesce(username, ${NOTHING}),
        ${nameOf(sql`first_name`)}, ${nameOf(sql`last_name`)}, last_seen, is_premium, has_photo, is_bot, is_deleted,
        is_scam, is_admin_somewhere, seen_at at time zone 'UTC', coalesce(phone, ${NOTHING})), ${RECORD}) as records,
      (array_agg(id))[count(*)]::text as last, count(*)::int as people
    from (select * from (${sql.join(parts, sql` union all `)}) as found order by id limit ${BATCH}) as batch`,
  ]);
  return answer?.[0] as { records: string; last: string; people: number };
};

const rowsOf = (records: string): Cell[][] =>
  records.split(RECORD).map((record) => record.split(UNIT).map(cellOf));

const FIRST_YES_OR_NO = PEOPLE_COLUMNS.indexOf('is_premium');
const LAST_YES_OR_NO = PEOPLE_COLUMNS.indexOf('is_admin');
const SEEN_AT = PEOPLE_COLUMNS.indexOf('seen_at');

const cellOf = (text: string, index: number): Cell => {
  if (index >= FIRST_YES_OR_NO && index <= LAST_YES_OR_NO) return text === 't';
  if (index === SEEN_AT) return `${text.replace(' ', 'T')}Z`;
  return text === NOTHING ? null : text;
};
