import { sql } from 'drizzle-orm';
import type { PeopleWish } from '#core/audience/people-wish.ts';
import { LAST_SEEN_BUCKETS, type LastSeenBucket } from '#core/telegram/user-session.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { passesFilter } from '../person-filter.ts';

export type PeopleStatistics = {
  total: number;
  withUsername: number;
  withPhoto: number;
  premium: number;
  bots: number;
  deleted: number;
  scam: number;
  admins: number;
  lastSeen: Record<LastSeenBucket, number>;
  /** By the letters of their names, which is a guess at the language and no more. */
  scripts: Record<Script, number>;
  /** Where they were seen, most people first; somebody seen in two places counts in both. */
  sources: { communityId: string; title: string; people: number }[];
};

export const SCRIPTS = ['cyrillic', 'latin', 'arabic', 'other'] as const;
export type Script = (typeof SCRIPTS)[number];

const MOST_SOURCES = 50;

/** Counts of the people that pass the filter, all of them or those of one task or audience. */
export const getPeopleStatistics = (
  ctx: QueryContext,
  wish: Pick<PeopleWish, 'filter' | 'taskId' | 'audienceId'>,
): Promise<PeopleStatistics> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { taskId, audienceId } = wish;
    const chosen = sql`${passesFilter(wish.filter)}
      ${taskId ? sql`and exists (select from sighting s where s.parse_task_id = ${taskId} and s.person_id = p.id)` : sql``}
      ${audienceId ? sql`and exists (select from audience_member m where m.audience_id = ${audienceId} and m.person_id = p.id)` : sql``}`;
    const groups = await tx.execute<Group>(sql`
      select last_seen, script, count(*)::int as people,
        count(username)::int as with_username, sum(has_photo::int)::int as with_photo,
        sum(is_premium::int)::int as premium, sum(is_bot::int)::int as bots, sum(is_deleted::int)::int as deleted,
        sum(is_scam::int)::int as scam, sum(is_admin_somewhere::int)::int as admins
      from (
        select p.*, case
          when p.name_key ~ '[а-яё]' then 'cyrillic'
          when p.name_key ~ '[a-z]' then 'latin'
          when p.name_key ~ '[؀-ۿ]' then 'arabic'
          else 'other' end as script
        from person p where ${chosen}) as chosen
      group by last_seen, script`);
    const sources = await tx.execute<PeopleStatistics['sources'][number]>(sql`
      select c.id as "communityId", coalesce(c.title, c.reference) as title, seen.people
      from (
        select community_id, count(distinct person_id)::int as people
        from sighting join person p on p.id = sighting.person_id
        where ${chosen} group by community_id) as seen
      join community c on c.id = seen.community_id
      order by seen.people desc, c.id limit ${MOST_SOURCES}`);
    return { ...summed(groups), sources: [...sources] };
  });

type Group = { last_seen: LastSeenBucket; script: Script } & Record<
  'people' | 'with_username' | 'with_photo' | 'premium' | 'bots' | 'deleted' | 'scam' | 'admins',
  number
>;

const summed = (groups: readonly Group[]): Omit<PeopleStatistics, 'sources'> => {
  const sum = (of: (group: Group) => number) => groups.reduce((total, group) => total + of(group), 0);
  const each = <K extends string>(keys: readonly K[], keyOf: (group: Group) => K) =>
    Object.fromEntries(keys.map((key) => [key, sum((g) => (keyOf(g) === key ? g.people : 0))])) as Record<
      K,
      number
    >;
  return {
    total: sum((group) => group.people),
    withUsername: sum((group) => group.with_username),
    withPhoto: sum((group) => group.with_photo),
    premium: sum((group) => group.premium),
    bots: sum((group) => group.bots),
    deleted: sum((group) => group.deleted),
    scam: sum((group) => group.scam),
    admins: sum((group) => group.admins),
    lastSeen: each(LAST_SEEN_BUCKETS, (group) => group.last_seen),
    scripts: each(SCRIPTS, (group) => group.script),
  };
};
