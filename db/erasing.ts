import { type SQL, sql } from 'drizzle-orm';
import { phonePattern } from '#core/audience/phone.ts';
import { finishIfDone } from './campaign-state.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import type { HashPerson, PersonIdentity } from './person-hash.ts';
import { erasure, person } from './schema/index.ts';
import { saveSuppression } from './suppressions.ts';

/** What an erasure came to: rows of the person, and everything of theirs that was removed. */
export type Erased = {
  people: number;
  sightings: number;
  refs: number;
  memberships: number;
  targets: number;
  files: number;
};

/**
 * Erases whoever goes by one of the names, everywhere in the workspace, and keeps the keyed hashes that suppress them
 * and erase them again. What limits and counts stays: an attempt keeps a row of a person without anything of theirs.
 * The caller has written-locked the suppressions, so that no attempt on them begins meanwhile.
 */
export const erasePerson = async (
  tx: Tx,
  ctx: CommandContext,
  { identity, hashPerson }: { identity: PersonIdentity; hashPerson: HashPerson },
): Promise<Erased> => {
  const known = await findPeople(tx, identity);
  const names = namesOf([identity, ...known]);
  const hashes = [
    ...new Map(
      [identity, ...known].flatMap(hashPerson).map((hash) => [hash.toString('hex'), hash] as const),
    ).values(),
  ];
  const { workspaceId, now } = ctx;
  await tx
    .insert(erasure)
    .values(hashes.map((personHash) => ({ workspaceId, personHash, erasedAt: now })))
    .onConflictDoNothing();
  await saveSuppression(tx, ctx, { hashes, scope: 'workspace', communityId: null, reason: 'erased' });
  const rows = await eraseRows(tx, ctx, idList(known.map(({ id }) => id)));
  await eraseTexts(tx, names);
  return { ...rows, files: await eraseFiles(tx) };
};

/** Everybody of the workspace who goes by the Telegram id, the username or the phone number. */
export const findPeople = (tx: Tx, { telegramId, username, phone }: PersonIdentity) =>
  tx
    .select({
      ...{ id: person.id, telegramId: person.telegramId },
      ...{ username: person.username, phone: person.phone },
    })
    .from(person)
    .where(
      sql`(telegram_id = ${telegramId ?? null}::bigint or username = ${username?.toLowerCase() ?? null}::text
        or phone = ${phone ?? null}::text)`,
    );

const idList = (ids: readonly string[]): SQL =>
  sql`(select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))`;

const eraseRows = async (tx: Tx, ctx: CommandContext, ids: SQL): Promise<Omit<Erased, 'files'>> => {
  const count = async (statement: SQL): Promise<number> => (await tx.execute(statement)).length;
  const campaigns = await tx.execute<{ campaign_id: string }>(sql`
    update target set status = 'suppressed', reason = 'suppressed', not_before = null, settled_at = ${at(ctx.now)}
    where person_id in ${ids} and status in ('pending', 'waiting') returning campaign_id`);
  for (const id of new Set(campaigns.map((row) => row.campaign_id))) await finishIfDone(tx, ctx, id);
  const left = await tx.execute<{ audience_id: string }>(sql`
    delete from audience_member where person_id in ${ids} returning audience_id`);
  await tx.execute(sql`
    update audience set members_count = greatest(0, members_count - gone.n)
    from (select value::uuid as id, count(*)::int as n
      from json_array_elements_text(${JSON.stringify(left.map((row) => row.audience_id))}::json) group by value) as gone
    where audience.id = gone.id`);
  const sightings = await count(sql`delete from sighting where person_id in ${ids} returning 1`);
  const refs = await count(sql`delete from peer_ref where person_id in ${ids} returning 1`);
  await tx.execute(sql`update lookup set username = '', person_id = null where person_id in ${ids}`);
  const gone = await count(sql`
    delete from person where id in ${ids}
      and not exists (select from target where person_id = person.id)
      and not exists (select from attempt where person_id = person.id) returning 1`);
  const emptied = await count(sql`
    update person set telegram_id = null, username = null, phone = null, first_name = '', last_name = null, is_bot = false,
      is_scam = false, is_premium = false, has_photo = false, is_admin_somewhere = false, last_seen = 'unknown',
      erased_at = ${at(ctx.now)}
    where id in ${ids} returning 1`);
  return {
    people: gone + emptied,
    sightings,
    refs,
    memberships: left.length,
    targets: campaigns.length,
  };
};

/** As a pattern for whole words: usernames and Telegram ids as they are, a number in whatever way it is written. */
const namesOf = (people: readonly PersonIdentity[]): string => {
  const names = people.flatMap(({ telegramId, username, phone }) => [
    ...[telegramId, username?.toLowerCase(), phone && phonePattern(phone)],
  ]);
  return [...new Set(names.filter((name) => name))].join('|');
};

/** Lists and files hold people as they were written. */
const eraseTexts = async (tx: Tx, names: string): Promise<void> => {
  const told = (text: SQL) => sql`lower(${text}) ~ ${`(^|\\W)(${names})(\\W|$)`}`;
  await tx.execute(sql`
    update audience set source = jsonb_set(source, '{typed}', coalesce(
      (select jsonb_agg(line) from jsonb_array_elements(source -> 'typed') as line where not ${told(sql`line ->> 'text'`)}),
      '[]'))
    where jsonb_typeof(source -> 'typed') = 'array' and ${told(sql`source ->> 'typed'`)}`);
  await tx.execute(sql`
    update audience set source = jsonb_set(source, '{segment}', (source -> 'segment') - 'search')
    where ${told(sql`source -> 'segment' ->> 'search'`)}`);
  await tx.execute(sql`delete from audience_reject where ${told(sql`text`)}`);
  await tx.execute(sql`delete from audience_file_error where ${told(sql`text`)}`);
  await tx.execute(sql`update audience_file set preview = null where ${told(sql`preview::text`)}`);
  await tx.execute(sql`update lookup set username = '' where ${told(sql`username`)}`);
};

/**
 * What a file holds cannot be taken out of it, so files that wait for somebody go whole: uploads that were not imported
 * and prepared exports. One in a worker's hands ends by itself, and its bytes with it.
 */
const eraseFiles = async (tx: Tx): Promise<number> => {
  const atRest = sql`(select id from audience_file where status in ('checked', 'refused', 'cancelled'))`;
  await tx.execute(sql`delete from audience_file_error where file_id in ${atRest}`);
  const files = await tx.execute<{ id: string }>(
    sql`delete from audience_file where id in ${atRest} returning id`,
  );
  const exports = await tx.execute<{ id: string }>(sql`
    delete from people_export where status <> 'preparing' returning id`);
  const gone = [...files, ...exports].map(({ id }) => id);
  await tx.execute(sql`delete from file_chunk where file_id in ${idList(gone)}`);
  return gone.length;
};

/** Which of the hashes belong to somebody who was erased, as lower-case hex. */
export const findErased = async (tx: Tx, hashes: readonly Buffer[]): Promise<Set<string>> => {
  if (hashes.length === 0) return new Set();
  const asked = JSON.stringify(hashes.map((hash) => hash.toString('hex')));
  const rows = await tx.execute<{ hash: string }>(sql`
    select encode(person_hash, 'hex') as hash from erasure
    where person_hash in (select decode(value, 'hex') from json_array_elements_text(${asked}::json))`);
  return new Set(rows.map((row) => row.hash));
};
