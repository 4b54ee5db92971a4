import { type SQL, sql } from 'drizzle-orm';
import { type Job, type JobName, jobSchemas } from '#core/jobs.ts';
import { at } from './command.ts';
import { type Db, inOneTripAcross } from './context.ts';
import { claimFreeWork } from './free-work.ts';
import { firstOfLines, freeLeaseOf } from './lines-of-work.ts';

/**
 * A job to be done now by this node; an account's job comes with the lease under which it may be done. It yields to all
 * others when its workspace has more of the kind in hand.
 */
export type DueWork = { job: Job; lease?: { accountId: string; token: number }; yields?: true };

/** When to look for work again: at a business moment, after some real time, or both, whichever comes first. */
export type NextLook = { at: Date | undefined; realDelayMs: number | undefined };

type LookInput = {
  nodeId: string;
  now: Date;
  /** Jobs that the node takes at most. */
  limit: number;
  /** Of them, those of accounts that it does not hold yet. */
  newAccounts: number;
  termSeconds: number;
};

export type Look = {
  /** What needs no account first, the rest earliest first; of either at most `limit`. As many may mean that there are more. */
  due: DueWork[];
  /** After everything that is due now was claimed. */
  next: NextLook;
  /** Workspaces that have an account whose cooling or block is over. */
  recovering: string[];
};

/**
 * Finds the work that is due, what needs no account before what does, hands it to this node, and tells when to look again,
 * in one round trip. The leases it needs are taken in the same statement, and what was handed out is remembered, so that
 * the next look brings other work. Whoever has done a job calls `releaseWork`; work that was handed out and lost comes
 * back after one term.
 */
export const lookForWork = async (db: Db, input: LookInput): Promise<Look> => {
  const [recovering, free, ofAccounts, moments] = await inOneTripAcross(db, [
    dueRecoveries(input),
    claimFreeWork(input),
    claimForAccounts(input),
    nextMoments(input),
  ]);
  return {
    due: [...(free as WorkRow[]), ...(ofAccounts as WorkRow[])].map(toWork),
    next: toNextLook(moments?.[0] as MomentsRow | undefined),
    recovering: (recovering as { workspace_id: string }[]).map((row) => row.workspace_id),
  };
};

/** The job has ended, however: the same work may be handed out as soon as it is due again. */
export const releaseWork = async (db: Db, job: Job): Promise<void> => {
  await db.execute(sql`delete from work_claim where job = ${job.name} and key = ${keyOf(job)}`);
};

type WorkRow = {
  job: JobName;
  workspace_id: string;
  account_id?: string | null;
  /** Of a parse task or of a search. */
  task_id?: string | null;
  community_id?: string | null;
  audience_id?: string | null;
  file_id?: string | null;
  export_id?: string | null;
  sign_in_id?: string | null;
  token?: string | null;
  yields?: boolean;
};

const toWork = (row: WorkRow): DueWork => {
  const payload = jobSchemas[row.job].parse({
    workspaceId: row.workspace_id,
    accountId: row.account_id ?? undefined,
    taskId: row.task_id ?? undefined,
    searchId: row.task_id ?? undefined,
    communityId: row.community_id ?? undefined,
    audienceId: row.audience_id ?? undefined,
    fileId: row.file_id ?? undefined,
    exportId: row.export_id ?? undefined,
    signInId: row.sign_in_id ?? undefined,
  });
  const job = { name: row.job, payload } as Job;
  if (!row.account_id || !row.token) return { job };
  const lease = { accountId: row.account_id, token: Number(row.token) };
  return row.yields ? { job, lease, yields: true } : { job, lease };
};

/** The claim's key of a job, as `wantedOfAccounts` and `claimFreeWork` write it. */
const keyOf = ({ name, payload }: Job): string => {
  switch (name) {
    case 'parse-pages':
      return payload.taskId;
    case 'check-community':
      return `${payload.communityId} ${payload.accountId}`;
    case 'search-communities':
      return payload.searchId;
    case 'build-audience':
      return payload.audienceId;
    case 'read-file':
      return payload.fileId;
    case 'write-export':
      return payload.exportId;
    case 'sign-in':
      return payload.signInId;
    case 'expire-people':
      return payload.workspaceId;
    default:
      return payload.accountId;
  }
};

/**
 * What is wanted of accounts that this node may take, and not handed out already. A slot is another wish each time it
 * moves; everything else stays the same wish until its job has ended. Each kind stops at the limit by itself, so that a
 * backlog of thousands is not sorted for a few.
 */
const wantedOfAccounts = (input: LookInput) => {
  const { nodeId, now, limit } = input;
  const freeLease = freeLeaseOf(sql`a.id`, nodeId);
  const isUnclaimed = (job: JobName, key: SQL, marker: SQL) => sql`not exists (
    select from work_claim claim
    where claim.job = ${job} and claim.key = ${key} and claim.marker = ${marker} and claim.until > clock_timestamp())`;
  return sql`
    (select 'send-invite' as job, a.workspace_id, a.id as account_id, null::uuid as task_id, null::uuid as community_id,
      a.id::text as key, a.next_slot_at::text as marker, a.next_slot_at as due,
      free.is_own, 1 as turn
    from account a
    join ${freeLease}
    where a.status = 'active' and a.next_slot_at <= ${at(now)}
      and ${isUnclaimed('send-invite', sql`a.id::text`, sql`a.next_slot_at::text`)}
    order by a.next_slot_at limit ${limit})
    union all
    ${firstOfLines('parse-pages', input)}
    union all
    ${firstOfLines('search-communities', input)}
    union all
    ${firstOfLines('check-community', input)}
    union all
    (select 'review-joins', a.workspace_id, a.id, null::uuid, null::uuid, a.id::text, 'review', due.at,
      free.is_own, 1
    from (
      select account_id, min(review_at) as at from attempt where review_at <= ${at(now)}
      group by account_id order by min(review_at) limit ${limit}
    ) as due
    join account a on a.id = due.account_id and a.status = 'active'
    join ${freeLease}
    where ${isUnclaimed('review-joins', sql`a.id::text`, sql`'review'`)})
    union all
    (select 'read-freeze', a.workspace_id, a.id, null::uuid, null::uuid, a.id::text, 'freeze', a.freeze_check_at,
      free.is_own, 1
    from account a
    join ${freeLease}
    where a.status = 'frozen' and a.freeze_check_at <= ${at(now)}
      and ${isUnclaimed('read-freeze', sql`a.id::text`, sql`'freeze'`)}
    order by a.freeze_check_at limit ${limit})
    union all
    (select 'refresh-account', a.workspace_id, a.id, null::uuid, null::uuid, a.id::text, 'refresh', a.refresh_at,
      free.is_own, 1
    from account a
    join ${freeLease}
    where a.status = 'active' and a.refresh_at <= ${at(now)}
      and ${isUnclaimed('refresh-account', sql`a.id::text`, sql`'refresh'`)}
    order by a.refresh_at limit ${limit})
    union all
    (select 'log-out-account', a.workspace_id, a.id, null::uuid, null::uuid, a.id::text, 'log_out', a.log_out_at,
      free.is_own, 1
    from account a
    join ${freeLease}
    where a.log_out_at <= ${at(now)} and (a.status in ('active', 'blocked')
        or (a.status in ('frozen', 'disabled') and (a.recovers_at is null or a.recovers_at <= ${at(now)})))
      and ${isUnclaimed('log-out-account', sql`a.id::text`, sql`'log_out'`)}
    order by a.log_out_at limit ${limit})
    union all
    (select distinct 'reconcile-attempts', a.workspace_id, a.id, null::uuid, null::uuid, a.id::text, 'reconcile',
      ${at(now)}, free.is_own, 1
    from (
      select account_id from attempt where status in ('attempting', 'unknown') and deadline_at <= clock_timestamp()
      union select account_id from lookup where counted_at is null and deadline_at <= clock_timestamp()
    ) as overdue
    join account a on a.id = overdue.account_id and a.status = 'active'
    join ${freeLease}
    where ${isUnclaimed('reconcile-attempts', sql`a.id::text`, sql`'reconcile'`)})`;
};

const claimForAccounts = (input: LookInput) => sql`
  with ranked as (
    select wanted.*, row_number() over (partition by is_own order by turn, due) as place
    from (${wantedOfAccounts(input)}) as wanted
  ), due as (
    select ranked.*
    from ranked
    join lease on lease.account_id = ranked.account_id
    where (ranked.is_own or ranked.place <= ${input.newAccounts})
      and (lease.node_id is null or lease.node_id = ${input.nodeId} or lease.until <= clock_timestamp())
    order by ranked.turn, ranked.due
    limit ${input.limit}
    for update of lease skip locked
  ), granted as (
    update lease set
      token = case when node_id = ${input.nodeId} and until > clock_timestamp() then token else token + 1 end,
      node_id = ${input.nodeId},
      until = clock_timestamp() + ${input.termSeconds} * interval '1 second'
    where account_id in (select account_id from due)
    returning account_id, token
  ), claimed as (
    insert into work_claim (job, key, marker, node_id, until)
    select job, key, marker, ${input.nodeId}::uuid, clock_timestamp() + ${input.termSeconds} * interval '1 second'
    from due
    on conflict (job, key) do update set marker = excluded.marker, node_id = excluded.node_id, until = excluded.until
  )
  select due.job, due.workspace_id, due.account_id, due.task_id, due.community_id, granted.token,
    due.turn > 1 as yields
  from due join granted using (account_id)
  order by due.turn, due.due`;

const dueRecoveries = ({ now }: LookInput) => sql`
  select distinct workspace_id from account
  where status in ('cooling', 'blocked') and not wants_person and recovers_at <= ${at(now)}`;

type MomentsRow = { at: string | null; delay_ms: number | null };

/**
 * In business time the first later slot, page, check, review or recovery, where the pages of a task in some node's hands
 * are that node's own affair; in real time the first end of a claim, of another node's lease or of a call's deadline.
 */
const nextMoments = ({ nodeId, now }: LookInput) => sql`
  select
    least(
      (select min(next_slot_at) from account where status = 'active' and next_slot_at > ${at(now)}),
      (select min(recovers_at) from account where status in ('cooling', 'blocked') and recovers_at > ${at(now)}),
      (select min(next_page_at) from parse_task t
        where status in ('waiting', 'running') and next_page_at > ${at(now)} and not exists (
          select from work_claim claim
          where claim.job = 'parse-pages' and claim.key = t.id::text
            and claim.marker = t.account_id::text and claim.until > clock_timestamp())),
      (select min(search_at) from community_search where status = 'waiting' and search_at > ${at(now)}),
      (select min(check_at) from community_access where check_at > ${at(now)}),
      (select min(review_at) from attempt where review_at > ${at(now)}),
      (select min(freeze_check_at) from account where freeze_check_at > ${at(now)}),
      (select min(log_out_at) from account where log_out_at > ${at(now)}),
      (select min(due_at) from retention where due_at > ${at(now)}),
      (select min(refresh_at) from account where status = 'active' and refresh_at > ${at(now)})) as at,
    extract(epoch from least(
      (select min(until) from work_claim where until > clock_timestamp()),
      (select min(ends.until) from node
        join lateral (
          select until from lease where node_id = node.run_id and until > clock_timestamp() order by until limit 1
        ) as ends on true
        where node.run_id <> ${nodeId}),
      (select min(deadline_at) from attempt
        where status in ('attempting', 'unknown') and deadline_at > clock_timestamp()),
      (select min(deadline_at) from lookup where counted_at is null and deadline_at > clock_timestamp())
    ) - clock_timestamp())::float8 * 1000 as delay_ms`;

const toNextLook = (row: MomentsRow | undefined): NextLook => ({
  at: row?.at ? new Date(row.at) : undefined,
  realDelayMs: row?.delay_ms == null ? undefined : Math.max(0, Math.ceil(row.delay_ms)),
});
