import { sql } from 'drizzle-orm';
import type { Basis, Origin, ParseSource } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';

/** Why a person is in an audience, and where they came from. */
export type Membership = {
  basis: Basis;
  origin: Origin;
  /** The parse task, file or other audience; null for what has no row of its own. */
  originId: string | null;
  /** The community that was parsed, the file or the other audience by its name; null when it is gone, or has none. */
  originName: string | null;
  /** Whom the parse task collected. */
  source: ParseSource | null;
  /** When the task saw the person or the file was brought in; else when the audience was ordered. */
  at: Date;
  /** The first name of who ordered the task, the file or the audience; null when it was nobody of the team. */
  by: string | null;
};

/** Of those of the people who are in the audience, by their id. */
export const listMemberships = (
  ctx: QueryContext,
  { audienceId, personIds }: { audienceId: string; personIds: readonly string[] },
): Promise<Map<string, Membership>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select m.person_id, m.basis, m.origin, m.origin_id, t.source,
        coalesce(c.title, c.reference, f.name, other.name) as origin_name,
        coalesce(s.at, f.created_at, a.created_at) as at, o.first_name as by
      from json_array_elements_text(${JSON.stringify(personIds)}::json) as wanted(id)
      join audience_member m on m.audience_id = ${audienceId} and m.person_id = wanted.id::uuid
      join audience a on a.id = m.audience_id
      left join parse_task t on m.origin = 'parse_task' and t.id = m.origin_id
      left join community c on c.id = t.community_id
      left join sighting s on s.parse_task_id = t.id and s.person_id = m.person_id
      left join audience_file f on m.origin = 'file' and f.id = m.origin_id
      left join audience other on m.origin = 'audience' and other.id = m.origin_id
      left join audit ordered
        on ordered.entity_id = case when m.origin in ('parse_task', 'file') then m.origin_id else a.id end
        and ordered.action in ('audience.requested', 'audience_file.opened', 'parse_task.created')
      left join operator o on o.id::text = ordered.actor ->> 'operatorId'`);
    return new Map(rows.map((row) => [row.person_id, toMembership(row)]));
  });

type Row = {
  person_id: string;
  basis: Basis;
  origin: Origin;
  origin_id: string | null;
  source: ParseSource | null;
  origin_name: string | null;
  at: string;
  by: string | null;
};

const toMembership = (row: Row): Membership => ({
  basis: row.basis,
  origin: row.origin,
  originId: row.origin_id,
  originName: row.origin_name,
  source: row.source,
  at: new Date(row.at),
  by: row.by,
});
