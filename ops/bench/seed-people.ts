import type { Connection } from '#db/connect.ts';

/**
 * So many people with Russian and English names, drawn from a small pool as in life: a common first name is the name of
 * thousands. Usernames are their own.
 */
export async function seedPeople(
  { sql: client }: Connection,
  workspaceId: string,
  count: number,
  now: Date,
): Promise<void> {
  await client`
    insert into person (workspace_id, telegram_id, username, first_name, last_name, is_bot, is_deleted, is_scam,
      is_premium, has_photo, is_admin_somewhere, last_seen, seen_at)
    select ${workspaceId}, 100000000 + n,
      case when n % 3 > 0 then substr(md5(n::text), 1, 3) || '_user_' || n end,
      (array['Анна', 'Мария', 'Иван', 'Пётр', 'Ольга', 'Anna', 'John', 'Mary', 'Peter', 'Kate'])[1 + n % 10]
        || case when n % 4 = 0 then ' ' || chr(1040 + n % 32) else '' end,
      case when n % 5 > 0 then
        (array['Иванов', 'Петрова', 'Smith', 'Miller', 'Кузнецов', 'Ли', 'Brown'])[1 + n % 7] || n % 1000 end,
      n % 200 = 0, n % 300 = 0, n % 1000 = 0, n % 11 = 0, n % 2 = 0, n % 500 = 0,
      (array['online', 'recently', 'week', 'month', 'long_ago', 'unknown'])[1 + n % 6]::last_seen,
      ${now.toISOString()}::timestamptz - n * interval '1 second'
    from generate_series(1, ${count}) as n`;
  await client`vacuum analyze person`;
}
