import { sql } from 'drizzle-orm';
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
    const { rows, last, isFull } = await coming;
    if (isFull) {
      coming = readBatch(ctx, wish, last);
      // Whoever stops reading never hears of it.
      coming.catch(() => {});
    }
    if (rows.length > 0) yield rows;
    if (!isFull) return;
  }
}

/** One text for a batch costs less than a row for each. */
const readBatch = async (ctx: QueryContext, wish: PeopleWish, after: string | undefined) => {
  const parts = partsOf(wish).map(
    ({
      rows,
    }) => sql`(select p.id, p.telegram_id, p.username, p.first_name, p.last_name, p.last_seen, p.is_premium,
        p.has_photo, p.is_bot, p.is_deleted, p.is_scam, p.is_admin_somewhere, p.seen_at
      ${rows} ${after ? sql`and p.id > ${after}` : sql``} order by p.id limit ${BATCH})`,
  );
  const [answer] = await inOneTrip(ctx.db, ctx.workspaceId, [
    sql`
    select json_agg(json_build_array(telegram_id::text, username, first_name, last_name, last_seen, is_premium, has_photo,
        is_bot, is_deleted, is_scam, is_admin_somewhere, seen_at) order by id)::text as rows,
      (array_agg(id order by id desc))[1]::text as last, count(*)::int as people
    from (select * from (${sql.join(parts, sql` union all `)}) as found order by id limit ${BATCH}) as batch`,
  ]);
  const row = answer?.[0] as { rows: string | null; last: string | null; people: number } | undefined;
  return {
    rows: JSON.parse(row?.rows ?? '[]') as Cell[][],
    last: row?.last ?? undefined,
    isFull: row?.people === BATCH,
  };
};
