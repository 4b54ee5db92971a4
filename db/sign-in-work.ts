import { sql } from 'drizzle-orm';

/** Sign-ins that wait for a worker: a person sits before each, so they go before all other work. */
export const claimSignIns = ({
  nodeId,
  termSeconds,
  limit,
}: {
  nodeId: string;
  termSeconds: number;
  limit: number;
}) => sql`
  with claimed as (
    insert into work_claim as known (job, key, marker, node_id, until)
    select 'sign-in', id::text, 'sign-in', ${nodeId}::uuid,
      clock_timestamp() + ${termSeconds} * interval '1 second'
    from sign_in where status = 'waiting' and expires_at > clock_timestamp() order by started_at limit ${limit}
    on conflict (job, key) do update set node_id = excluded.node_id, until = excluded.until
    where known.until <= clock_timestamp()
    returning key
  )
  select 'sign-in' as job, workspace_id, id as sign_in_id from sign_in where id::text in (select key from claimed)`;
