import { sql } from 'drizzle-orm';
import { at } from './command.ts';
import type { Tx } from './context.ts';

/**
 * Forgets uploads that were not imported and exports, made before a moment, with their bytes; of imported files what
 * they said of people, and lines of lists that became nobody. Answers how many files that were.
 */
export const forgetFiles = async (tx: Tx, since: Date): Promise<number> => {
  const [row] = await tx.execute<{ files: number }>(sql`
    with unread as (
      select id from audience_file where created_at < ${at(since)}
        and status in ('uploading', 'checked', 'cancelled', 'refused')
    ), prepared as (
      delete from people_export where created_at < ${at(since)} and status <> 'preparing' returning id
    ), imported as (
      update audience_file set preview = null
      where created_at < ${at(since)} and status = 'imported' and preview is not null returning id
    ), lines as (
      delete from audience_file_error where file_id in (select id from unread union all select id from imported)
    ), rejects as (
      delete from audience_reject where audience_id in (select id from audience where created_at < ${at(since)})
    ), pieces as (
      delete from file_chunk where file_id in (select id from unread union all select id from prepared)
    )
    select (select count(*) from unread)::int + (select count(*) from prepared)::int
      + (select count(*) from imported)::int as files`);
  // Its lines point to it, and within one statement they would still be there.
  await tx.execute(sql`
    delete from audience_file where created_at < ${at(since)}
      and status in ('uploading', 'checked', 'cancelled', 'refused')`);
  return row?.files ?? 0;
};

/** The limits of look-ups count a day back; whom an older one was about is not needed. */
export const forgetLookups = async (tx: Tx, since: Date): Promise<void> => {
  await tx.execute(sql`
    update lookup set username = '' where started_at < ${at(since)} and username <> ''`);
};
