import { sql } from 'drizzle-orm';
import { at } from './command.ts';

/**
 * Work that needs no account: sign-ins, before each of which a person sits, then audiences, files and exports, last the
 * daily forgetting. One that is in some node's hands is left there until its claim has run out.
 */
export const claimFreeWork = (node: { nodeId: string; now: Date; termSeconds: number; limit: number }) => sql`
  with wanted as (
    (select 'sign-in' as job, id, workspace_id, 'sign-in' as marker, 1 as rank, started_at as since
    from sign_in where status = 'waiting' and expires_at > clock_timestamp()
    order by started_at limit ${node.limit})
    union all
    (select 'build-audience', id, workspace_id, 'build', 2, created_at
    from audience where status = 'building' order by created_at limit ${node.limit})
    union all
    (select 'read-file', id, workspace_id, 'read', 2, created_at
    from audience_file where status in ('checking', 'importing', 'cancelling') order by created_at limit ${node.limit})
    union all
    (select 'write-export', id, workspace_id, 'write', 2, created_at
    from people_export where status = 'preparing' order by created_at limit ${node.limit})
    union all
    (select 'expire-people', workspace_id, workspace_id, 'expire', 3, due_at
    from retention where due_at <= ${at(node.now)} order by due_at limit ${node.limit})
    order by rank, since limit ${node.limit}
  ), claimed as (
    insert into work_claim as known (job, key, marker, node_id, until)
    select job, id::text, marker, ${node.nodeId}::uuid,
      clock_timestamp() + ${node.termSeconds} * interval '1 second'
    from wanted
    on conflict (job, key) do update set node_id = excluded.node_id, until = excluded.until
    where known.until <= clock_timestamp()
    returning job, key
  )
  select wanted.job, wanted.workspace_id,
    case when wanted.job = 'build-audience' then wanted.id end as audience_id,
    case when wanted.job = 'read-file' then wanted.id end as file_id,
    case when wanted.job = 'write-export' then wanted.id end as export_id,
    case when wanted.job = 'sign-in' then wanted.id end as sign_in_id
  from wanted join claimed on claimed.job = wanted.job and claimed.key = wanted.id::text
  order by wanted.rank, wanted.since`;
