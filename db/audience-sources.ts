import { type SQL, sql } from 'drizzle-orm';
import type { AudienceSource } from '#core/audience/source.ts';
import type { Origin } from '#core/statuses.ts';
import type { CommandContext, Tx } from './context.ts';
import { partsOf } from './people-search.ts';
import { passesFilter } from './person-filter.ts';

/**
 * Everything of a source but the typed people, each part as one statement, so that a million people never pass through
 * the process. Who is in several parts keeps the best basis and the place of the first.
 */
export const addSources = async (
  tx: Tx,
  ctx: CommandContext,
  audienceId: string,
  source: AudienceSource,
): Promise<void> => {
  const add = (origin: Origin, members: SQL) =>
    tx.execute(insertMembers(ctx, { audienceId, origin, members }));
  const { taskIds, union, intersection, minus, segment } = source;
  if (taskIds.length > 0) await add('parse_task', parsedPeople(source));
  if (union.length > 0) await add('audience', membersOf(union, 1));
  if (intersection.length > 0) await add('audience', membersOf(intersection, new Set(intersection).size));
  if (segment) await add('segment', peopleOf(segment));
  if (minus.length > 0) {
    await tx.execute(sql`
      delete from audience_member where audience_id = ${audienceId}
        and person_id in (select person_id from audience_member where audience_id in (${idsOf(minus)}))`);
  }
};

/** `members` are rows of person_id, basis, origin_id and place, by which they are ordered. */
const insertMembers = (
  ctx: CommandContext,
  { audienceId, origin, members }: { audienceId: string; origin: Origin; members: SQL },
) => sql`
  insert into audience_member as known (audience_id, person_id, workspace_id, basis, position, origin, origin_id)
  select ${audienceId}, person_id, ${ctx.workspaceId}, basis,
    coalesce((select max(position) from audience_member where audience_id = ${audienceId}), 0)
      + row_number() over (order by place),
    ${origin}::origin, origin_id
  from (${members}) as chosen
  on conflict (audience_id, person_id) do update set basis = least(known.basis, excluded.basis)`;

/** The tasks take turns, so that a limit keeps people of each, whichever account reaches them. */
const parsedPeople = ({ taskIds, filter, limit }: AudienceSource) => sql`
  select s.person_id, 'collected'::basis as basis, row(min(s.ordinal), min(wanted.rank)) as place,
    (array_agg(s.parse_task_id order by wanted.rank))[1] as origin_id
  from json_array_elements_text(${JSON.stringify(taskIds)}::json) with ordinality as wanted(task_id, rank)
  join sighting s on s.parse_task_id = wanted.task_id::uuid
  join person p on p.id = s.person_id
  where ${passesFilter(filter)}
  group by s.person_id
  order by place
  limit ${limit ?? null}`;

/** Whoever is a member of at least so many of the audiences. */
const membersOf = (audienceIds: readonly string[], atLeast: number) => sql`
  select m.person_id, min(m.basis) as basis, min(array[wanted.rank, m.position]) as place,
    (array_agg(m.audience_id order by m.basis, wanted.rank))[1] as origin_id
  from json_array_elements_text(${JSON.stringify([...new Set(audienceIds)])}::json)
    with ordinality as wanted(audience_id, rank)
  join audience_member m on m.audience_id = wanted.audience_id::uuid
  group by m.person_id having count(*) >= ${atLeast}`;

const peopleOf = (segment: NonNullable<AudienceSource['segment']>) => sql`
  select id as person_id, 'collected'::basis as basis, row(seen_at, id) as place, null::uuid as origin_id
  from (${sql.join(
    partsOf(segment).map(({ rows }) => sql`(select p.id, p.seen_at ${rows})`),
    sql` union all `,
  )}) as found`;

const idsOf = (ids: readonly string[]) =>
  sql`select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json)`;
