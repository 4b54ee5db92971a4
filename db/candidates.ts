import { sql } from 'drizzle-orm';
import type { Candidate, Reach } from '#core/campaign/next-attempt.ts';
import type { Basis } from '#core/statuses.ts';
import type { PersonRef } from '#core/telegram/user-session.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';
import { type RefRow, toPersonRef } from './peer-refs.ts';
import type { HashPerson } from './person-hash.ts';
import { canBeLookedUp, invitersOf } from './reach.ts';
import { findSuppressed } from './suppressions.ts';

/** A candidate with the address by which this account reaches the person; undefined when it has to look them up. */
export type Reachable = Candidate & {
  person: PersonRef | undefined;
  /** This transaction holds the target. */
  isMine: boolean;
};

export type CandidateQuestion = {
  accountId: string;
  campaignId: string;
  communityId: string;
  now: Date;
  hashPerson: HashPerson;
  /** False when nobody at all is suppressed in the workspace. */
  hasSuppressions: boolean;
  /** Targets that another transaction is changing at this moment. */
  busy: readonly string[];
};

/** So many targets are weighed against each other at a time. */
const glance = 8;

type Row = RefRow & {
  target_id: string;
  person_id: string;
  basis: Basis;
  username: string | null;
  phone: string | null;
  phone_leads_nowhere: boolean;
  telegram_id: string | null;
  is_bot: boolean;
  is_deleted: boolean;
  refuses_direct_add: boolean;
  was_tried: boolean;
  is_member: boolean;
  /** True of one, whose target this transaction holds; null when others hold them all. */
  is_mine: boolean | null;
};

/**
 * The next few targets this account can reach, by reference before by look-up, and of those first the ones that no
 * other account of the campaign reaches, so that lanes do not take each other's people. The first is held from now on,
 * unless other transactions hold them all. Suppression is read as it stands at this moment.
 */
export const listCandidates = async (tx: Tx, question: CandidateQuestion): Promise<Reachable[]> => {
  const referred = await tx.execute<Row>(select(question, byReference(question)));
  const rows = referred.length > 0 ? referred : await tx.execute<Row>(select(question, byLookUp(question)));
  const isSuppressed = question.hasSuppressions ? await suppressedAmong(tx, question, rows) : () => false;
  return rows.map((row) => ({
    targetId: row.target_id,
    personId: row.person_id,
    person: toPersonRef(row),
    isMine: row.is_mine === true,
    reach: reachOf(row),
    basis: row.basis,
    isSuppressed: isSuppressed(row),
    isMember: row.is_member,
    wasTried: row.was_tried,
    refusesDirectAdd: row.refuses_direct_add,
    isBot: row.is_bot,
    isDeleted: row.is_deleted,
  }));
};

const suppressedAmong = async (
  tx: Tx,
  { communityId, hashPerson }: CandidateQuestion,
  rows: readonly Row[],
): Promise<(row: Row) => boolean> => {
  const hashes = new Map(rows.map((row) => [row, hashPerson({ ...row, telegramId: row.telegram_id })]));
  const suppressed = await findSuppressed(tx, communityId, [...hashes.values()].flat());
  return (row) => hashes.get(row)?.some((hash) => suppressed.has(hash.toString('hex'))) ?? false;
};

const reachOf = (row: Row): Reach => {
  if (row.ref_kind) return { kind: row.ref_kind };
  if (row.username) return { kind: 'username', username: row.username };
  return row.phone && !row.phone_leads_nowhere ? { kind: 'phone', phone: row.phone } : { kind: 'none' };
};

/**
 * Pending targets come from the index in order, so that a look at a few does not sort them all. Whoever waits in another
 * campaign of the same community waits in this one too: Telegram's reason is about the person and the community.
 */
const openTargets = (question: CandidateQuestion, reach: ReturnType<typeof sql>) => {
  const { campaignId, communityId, now, busy } = question;
  const isIdle = sql`not ${JSON.stringify(busy)}::jsonb ? target.id::text
    and (select true from campaign twin
      join target resting on resting.campaign_id = twin.id and resting.person_id = target.person_id
      where twin.community_id = ${communityId} and resting.status = 'waiting' and resting.not_before > ${at(now)}
      limit 1) is null`;
  return sql`
    (select target.* from target ${reach}
      where target.campaign_id = ${campaignId} and target.status = 'pending' and ${isIdle}
      order by target.position limit ${glance})
    union all
    (select target.* from target ${reach}
      where target.campaign_id = ${campaignId} and target.status = 'waiting'
        and target.not_before <= ${at(now)} and ${isIdle}
      order by target.position limit ${glance})`;
};

const byReference = (question: CandidateQuestion) =>
  openTargets(
    question,
    sql`join peer_ref mine on mine.account_id = ${question.accountId} and mine.person_id = target.person_id`,
  );

/** Not by look-up: whom this account reaches anyway, and whom somebody is looking up right now. */
const byLookUp = (question: CandidateQuestion) =>
  openTargets(
    question,
    sql`join person p on p.id = target.person_id and ${canBeLookedUp}
      and not exists (
        select from peer_ref mine where mine.account_id = ${question.accountId} and mine.person_id = p.id)
      and not exists (
        select from lookup l where l.person_id = p.id and l.counted_at is null
          and l.deadline_at > clock_timestamp())`,
  );

/**
 * The first of them that no other transaction has is this one's from now on, so that lanes of one campaign do not all
 * want the same person. Limits keep each question about a person a look-up in an index: as a plain `exists` it may be
 * hashed, whole.
 */
const select = (question: CandidateQuestion, open: ReturnType<typeof sql>) => sql`
  with seen as materialized (${describe(question, open)}), mine as materialized (
    select target.id from target join seen on seen.target_id = target.id
    where target.status in ('pending', 'waiting')
    order by seen.rank limit 1 for update of target skip locked
  )
  select seen.*, seen.target_id = mine.id as is_mine from seen left join mine on true
  order by is_mine desc nulls last, seen.rank`;

const describe = (question: CandidateQuestion, open: ReturnType<typeof sql>) => sql`
  select row_number() over (order by exists (
      select from peer_ref others
      where others.person_id = p.id and others.account_id <> ${question.accountId}
        and others.account_id in (${invitersOf(sql`t.campaign_id`)})), t.position) as rank,
    t.id as target_id, t.person_id, t.basis, p.username, p.phone, p.phone_leads_nowhere, p.telegram_id, p.is_bot, p.is_deleted,
    p.refuses_direct_add, r.kind as ref_kind, r.access_hash, r.chat_kind, r.chat_telegram_id, r.message_id,
    (select true from attempt a
      where a.community_id = ${question.communityId} and a.person_id = p.id and a.status <> 'returned'
      limit 1) is not null as was_tried,
    (select true from parse_task k join sighting s on s.parse_task_id = k.id and s.person_id = p.id
      where k.community_id = ${question.communityId} and k.source = 'members'
      limit 1) is not null as is_member
  from (${open}) as t
  join person p on p.id = t.person_id
  left join peer_ref r on r.account_id = ${question.accountId} and r.person_id = p.id
  order by rank limit ${glance}`;
