import { type SQL, sql } from 'drizzle-orm';
import type { JobName } from '#core/jobs.ts';
import { at } from './command.ts';

type LineJob = Extract<JobName, 'parse-pages' | 'search-communities' | 'check-community'>;

/** What an account works off one after the other; its index ends in `_line`. */
type Line = {
  table: SQL;
  /** As the index says it. */
  isOpen: SQL;
  /** As the index goes on behind the account. */
  order: SQL;
  /** What the dispatcher is told of a row, and what makes it more urgent than others of its workspace. */
  columns: SQL;
};

const lines: Record<LineJob, Line> = {
  'parse-pages': {
    table: sql`parse_task`,
    isOpen: sql`status in ('waiting', 'running')`,
    order: sql`priority, created_at, id`,
    columns: sql`id as task_id, null::uuid as community_id, id::text as key, account_id::text as marker,
      next_page_at as due, priority as urgency`,
  },
  'search-communities': {
    table: sql`community_search`,
    isOpen: sql`status = 'waiting'`,
    order: sql`search_at`,
    columns: sql`id as task_id, null::uuid as community_id, id::text as key, account_id::text as marker,
      search_at as due, 1 as urgency`,
  },
  'check-community': {
    table: sql`community_access`,
    isOpen: sql`check_at is not null`,
    order: sql`check_at`,
    columns: sql`null::uuid as task_id, community_id, community_id || ' ' || account_id as key, 'check' as marker,
      check_at as due, 1 as urgency`,
  },
};

/**
 * Joins, as `free`, the lease of an account that this node may take. Its own limit keeps it a look-up for each due row: row
 * level security hides from the planner how few these are.
 */
export const freeLeaseOf = (accountId: SQL, nodeId: string): SQL => sql`lateral (
  select coalesce(lease.node_id = ${nodeId}, false) as is_own from lease
  where lease.account_id = ${accountId}
    and (lease.node_id is null or lease.node_id = ${nodeId} or lease.until <= clock_timestamp())
  limit 1) as free on true`;

/**
 * The first of each account's line where it is due, and nothing behind it: a line of thousands costs as much as one of
 * one. Workspaces take turns: the `turn` of a row is its place among all that its workspace has in hand and wants, so that
 * many accounts of one never stand before the first of another, and urgency counts inside a workspace only.
 */
export const firstOfLines = (
  job: LineJob,
  { nodeId, now, limit }: { nodeId: string; now: Date; limit: number },
): SQL => {
  const { table, isOpen, order, columns } = lines[job];
  return sql`
    (with recursive reader as (
      (select account_id from ${table} where ${isOpen} order by account_id limit 1)
      union all
      select (
        select line.account_id from ${table} as line where ${isOpen} and line.account_id > reader.account_id
        order by line.account_id limit 1)
      from reader where reader.account_id is not null
    ), first as materialized (
      select line.* from reader
      join lateral (
        select workspace_id, account_id, ${columns} from ${table}
        where ${isOpen} and account_id = reader.account_id order by ${order} limit 1) as line on true
    ), placed as (
      select first.*, free.is_own, claim.job is not null as is_in_hand,
        row_number() over (partition by first.workspace_id order by claim.job is null, first.urgency, first.due) as turn
      from first
      join lateral (
        select from account a where a.id = first.account_id and a.status = 'active' limit 1) as active on true
      left join ${freeLeaseOf(sql`first.account_id`, nodeId)}
      left join work_claim claim on claim.job = ${job} and claim.key = first.key
        and claim.marker = first.marker and claim.until > clock_timestamp()
      where claim.job is not null or (first.due <= ${at(now)} and free.is_own is not null)
    )
    select ${job} as job, workspace_id, account_id, task_id, community_id, key, marker, due, is_own, turn
    from placed where not is_in_hand order by turn, due limit ${limit})`;
};
