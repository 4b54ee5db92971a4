import { type SQL, sql } from 'drizzle-orm';
import type { FilePerson } from '#core/audience/file-reading.ts';
import { phoneEnding } from '#core/audience/phone.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';

export type FileRow = FilePerson & { line: number };

/** The first row of each person; a name or number that stands beside an id elsewhere in the batch is that person. */
export const distinctPeople = <Row extends FileRow>(people: readonly Row[]): Row[] => {
  const seen = new Set<string>();
  const names = new Set(
    people.flatMap(({ telegramId, username }) => (telegramId && username ? [username] : [])),
  );
  const phones = new Set(
    people.flatMap(({ telegramId, username, phone }) => (phone && (telegramId || username) ? [phone] : [])),
  );
  return people.filter(({ telegramId, username, phone }) => {
    if (!telegramId && (username ? names.has(username) : phones.has(phone ?? ''))) return false;
    const key = telegramId ?? (username ? `@${username}` : phone);
    if (!key || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

/** As the rows `given` of line, id, username, phone, first and last name. */
const givenRows = (rows: readonly FileRow[]): SQL => {
  const json = rows.map(({ line, telegramId, username, phone, firstName, lastName }) => {
    const name = firstName ?? username ?? telegramId ?? phoneEnding(phone ?? '');
    return { l: line, i: telegramId, u: username, h: phone, f: name, s: lastName };
  });
  return sql`json_to_recordset(${JSON.stringify(json)}::json)
    as given(l int, i bigint, u text, h text, f text, s text)`;
};

/** Asked by an order and a limit, Postgres may go through everybody by when they were seen instead. */
const latest = (condition: SQL): SQL =>
  sql`(select (array_agg(id order by seen_at desc, id))[1] from person where ${condition})`;

const byNameOrNumber = sql`
  coalesce(${latest(sql`u is not null and username = u`)}, ${latest(sql`h is not null and phone = h`)})`;

/** The person of a given row: by the id; without one by the username, else by the phone. */
const known = sql`case when i is not null then (select id from person where telegram_id = i)
  else ${byNameOrNumber} end`;

export type FileMembership = { audienceId: string; basis: string; fileId: string };

/**
 * Makes the people of the rows members, and answers how many were none before. Whoever is not known becomes a person; of
 * somebody known is kept what was not. The caller holds `lockTypedPeople`.
 */
export const addFileMembers = async (
  tx: Tx,
  ctx: CommandContext,
  rows: readonly FileRow[],
  membership: FileMembership,
): Promise<number> => {
  const given = givenRows(rows);
  const hasPhones = rows.some(({ phone }) => phone !== null);
  // A plan made for few people must not serve when there are many. Below, the foreign key of each member asks by a plan
  // that is kept: a new one for each would cost more than storing them.
  await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
  await tx.execute(completeKnown(given, hasPhones));
  await tx.execute(sql`set local plan_cache_mode to default`);
  let members = 0;
  for (;;) {
    const [done] = await tx.execute<{ members: number; missed: number }>(joinAll(ctx, given, membership));
    members += done?.members ?? 0;
    // Somebody whom a parse task stored in this very moment is known to the next statement.
    if (!done?.missed) return members;
  }
};

/** In one statement, because reading the rows and looking for their people again would cost as much as storing them. */
const joinAll = (ctx: CommandContext, given: SQL, { audienceId, basis, fileId }: FileMembership): SQL => sql`
  with found as materialized (
    select l, i, u, h, f, s, ${known} as known_id, gen_random_uuid() as new_id from ${given}),
  made as (
    insert into person (id, workspace_id, telegram_id, username, phone, first_name, last_name, is_bot, is_deleted,
      is_scam, is_premium, has_photo, is_admin_somewhere, last_seen, seen_at)
    select new_id, ${ctx.workspaceId}::uuid, i, u, h, f, s, false, false, false, false, false, false,
      'unknown'::last_seen, ${at(ctx.now)}
    from found where known_id is null
    on conflict (workspace_id, telegram_id) do nothing
    returning id),
  added as (
    insert into audience_member (audience_id, person_id, workspace_id, basis, position, origin, origin_id)
    select ${audienceId}::uuid, coalesce(known_id, made.id), ${ctx.workspaceId}::uuid, ${basis}::basis, l, 'file',
      ${fileId}::uuid
    from found left join made on made.id = new_id
    where coalesce(known_id, made.id) is not null
    on conflict do nothing
    returning 1)
  select (select count(*)::int from added) as members,
    ((select count(*) from found where known_id is null) - (select count(*) from made))::int as missed`;

/** Somebody without an id gets the one beside their name or number. A number that is given anew is worth a new look. */
const completeKnown = (given: SQL, hasPhones: boolean): SQL => sql`
  update person set
    telegram_id = coalesce(telegram_id, i),
    username = case when telegram_id is null then coalesce(username, u) else username end,
    phone = coalesce(phone, h),
    phone_leads_nowhere = phone_leads_nowhere and phone is distinct from h
  from (
    select distinct on (who) who, i, u, h from (
      select l, i, u, h, coalesce((select id from person where telegram_id = i),
        ${latest(sql`u is not null and username = u and (i is null or telegram_id is null)`)},
        ${latest(sql`h is not null and phone = h and (i is null or telegram_id is null)`)}) as who
      from ${given}) as found
    where who is not null order by who, l) as met
  where (${hasPhones} or exists (select from person nameless where nameless.telegram_id is null))
    and id = who
    and (telegram_id is null and (i is not null or username is null and u is not null)
      or phone is null and h is not null
      or phone_leads_nowhere and phone = h)`;
