import { type SQL, sql } from 'drizzle-orm';
import type { PeopleWish } from '#core/audience/people-wish.ts';
import { passesFilter } from './person-filter.ts';

/** The largest character there is: every text that begins with a prefix comes before the prefix and this. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * People of a wish as `from … where …`, as the row `p`. Each part reads one index from beginning to end, in the order of
 * bytes: only such comparisons are made before row level security, and so with an index. A search has three parts, and
 * everybody stands in one of them alone; `key` is what they are ordered by.
 */
export type PeoplePart = { key: SQL; rows: SQL };

export const partsOf = (wish: PeopleWish): PeoplePart[] => {
  const from = sql`from person p ${joinedTo(wish)}`;
  const also = sql`${passesFilter(wish.filter)} and ${seenIn(wish)}`;
  const search = wish.search?.trim().toLowerCase();
  if (!search) return [{ key: sql`p.name_key`, rows: sql`${from} where ${also}` }];
  const begins = (column: SQL, prefix: string) =>
    sql`(${column} ~>=~ ${prefix} and ${column} ~<~ ${prefix + LAST_CHARACTER})`;
  const [name, lastName] = [sql`p.name_key`, sql`p.last_name_key`];
  const isNamed = begins(name, search);
  const isCalled = begins(lastName, search);
  const username = search.replace(/^@/, '');
  return [
    { key: name, rows: sql`${from} where ${isNamed} and ${also}` },
    { key: lastName, rows: sql`${from} where ${isCalled} and not ${isNamed} and ${also}` },
    {
      key: sql`p.username`,
      rows: sql`${from} where ${begins(sql`p.username`, username)} and not ${isNamed}
        and ${isCalled} is not true and ${also}`,
    },
  ];
};

const joinedTo = ({ taskId, audienceId }: PeopleWish): SQL => sql`
  ${taskId ? sql`join sighting on sighting.person_id = p.id and sighting.parse_task_id = ${taskId}` : sql``}
  ${audienceId ? sql`join audience_member member on member.person_id = p.id and member.audience_id = ${audienceId}` : sql``}`;

const seenIn = ({ communityId }: PeopleWish): SQL =>
  communityId
    ? sql`exists (select from sighting seen where seen.person_id = p.id and seen.community_id = ${communityId})`
    : sql`true`;
