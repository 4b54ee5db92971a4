import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from './context.ts';
import { findPeople } from './erasing.ts';
import type { HashPerson, PersonIdentity } from './person-hash.ts';
import { hasStopped } from './stopped-people.ts';

/** Everything a workspace keeps of one person, in plain rows; empty lists when it keeps nothing. */
export type PersonData = Record<
  'people' | 'sightings' | 'audiences' | 'campaigns' | 'attempts' | 'suppressions',
  Record<string, unknown>[]
> & {
  workspace: string;
  /** How many of the workspace's accounts can address them. */
  references: number;
  hasStopped: boolean;
};

export type PersonQuestion = { person: PersonIdentity; hashPerson: HashPerson };

/** Reads it in a transaction that has named the workspace. */
export const readPersonData = async (tx: Tx, input: PersonQuestion): Promise<PersonData> => {
  const known = await findPeople(tx, input.person);
  const hashes = [input.person, ...known].flatMap(input.hashPerson);
  const ids = sql`(select value::uuid from json_array_elements_text(${JSON.stringify(known.map(({ id }) => id))}::json))`;
  const hexes = JSON.stringify(hashes.map((hash) => hash.toString('hex')));
  const [place] = await rowsOf(tx, sql`select name from workspace`);
  const [refs] = await rowsOf(tx, sql`select count(*)::int as n from peer_ref where person_id in ${ids}`);
  return {
    workspace: String(place?.name),
    people: await rowsOf(
      tx,
      sql`select telegram_id::text as "telegramId", username, phone, first_name as "firstName", last_name as "lastName",
        is_bot as "isBot", is_deleted as "isDeleted", is_scam as "isScam", is_premium as "isPremium",
        has_photo as "hasPhoto", is_admin_somewhere as "isAdminSomewhere", last_seen as "lastSeen",
        seen_at as "seenAt", refuses_direct_add as "refusesDirectAdd" from person where id in ${ids}`,
    ),
    sightings: await rowsOf(
      tx,
      sql`select coalesce(c.title, c.reference) as community, t.source, s.message_count as messages, s.at
        from sighting s join community c on c.id = s.community_id join parse_task t on t.id = s.parse_task_id
        where s.person_id in ${ids} order by s.at`,
    ),
    references: Number(refs?.n ?? 0),
    audiences: await rowsOf(
      tx,
      sql`select a.name as audience, m.basis, m.origin from audience_member m
        join audience a on a.id = m.audience_id where m.person_id in ${ids} order by a.created_at`,
    ),
    campaigns: await rowsOf(
      tx,
      sql`select k.name as campaign, coalesce(c.title, c.reference) as community, t.status, t.reason,
        t.settled_at as "settledAt" from target t join campaign k on k.id = t.campaign_id
        join community c on c.id = k.community_id where t.person_id in ${ids} order by k.created_at`,
    ),
    attempts: await rowsOf(
      tx,
      sql`select coalesce(c.title, c.reference) as community, a.status, a.reason, a.started_at as "startedAt",
        a.departure from attempt a join community c on c.id = a.community_id
        where a.person_id in ${ids} order by a.started_at`,
    ),
    suppressions: await rowsOf(
      tx,
      sql`select scope, reason, created_at as "createdAt" from suppression
        where person_hash in (select decode(value, 'hex') from json_array_elements_text(${hexes}::json))`,
    ),
    hasStopped: await hasStopped(tx, hashes),
  };
};

/** As JSON, whose moments are ISO 8601. */
const rowsOf = async (tx: Tx, statement: SQL): Promise<Record<string, unknown>[]> => {
  const rows = await tx.execute<{ row: Record<string, unknown> }>(sql`
    select row_to_json(found) as row from (${statement}) as found`);
  return rows.map(({ row }) => row);
};
