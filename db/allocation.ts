import { type SQL, sql } from 'drizzle-orm';
import { type AllocationCandidate, chooseAccount } from '#core/account/allocation.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { recoversByItself } from './accounts.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { policyInForce } from './policies.ts';

export type Allocation = {
  /** The community that is to be read, when it is known already. */
  communityId?: string | undefined;
  /** An account that is not to be chosen. */
  without?: string | undefined;
  /** Only an account that is at work now. */
  isAtWork?: boolean;
};

/**
 * Chooses the account that should read a community next, none that was found not to see it, and marks it as used, so that the next choice falls on another.
 * Undefined when the workspace has none that will ever act by itself. Its lease is taken by the node that does the work.
 */
export const allocateAccount = async (
  tx: Tx,
  ctx: CommandContext,
  wish: Allocation,
): Promise<string | undefined> => {
  const policy = await policyInForce(tx, ctx);
  const accountId = await pickAccount(tx, { ...wish, workspaceId: ctx.workspaceId, now: ctx.now }, policy);
  if (accountId) await tx.execute(sql`update account set used_at = ${at(ctx.now)} where id = ${accountId}`);
  return accountId;
};

/** So many accounts are weighed: the longest unused, and as many that know the community. */
const glance = 6;
const memoryMs = 30 * DAY_MS;

type Row = {
  id: string;
  is_active: boolean;
  reaches: boolean;
  tasks: number;
  calls: number;
  floods: number;
  used_at: string | null;
};

type Question = Allocation & { workspaceId: string; now: Date };

/** The choice alone, in one statement whose cost does not grow with the number of accounts. */
export const pickAccount = async (
  tx: Pick<Tx, 'execute'>,
  question: Question,
  policy: LimitPolicy,
): Promise<string | undefined> => {
  const working = await tx.execute<Row>(candidates(question, atWork));
  const isEnough = working.length > 0 || question.isAtWork;
  const rows = isEnough ? working : await tx.execute<Row>(candidates(question, recoversByItself));
  return chooseAccount(rows.map((row) => toCandidate(row, policy, question.now)))?.accountId;
};

const atWork = sql.raw(`a.status = 'active' and not a.wants_person`);

/** The workspace stands in the statement itself: only so does its index serve. */
const candidates = ({ workspaceId, now, ...wish }: Question, usable: SQL) => {
  const [communityId, without] = [wish.communityId ?? null, wish.without ?? null];
  const mayServe = sql`a.workspace_id = ${workspaceId} and ${usable} and a.id is distinct from ${without}::uuid
    and not exists (
      select from community_access x
      where x.account_id = a.id and x.community_id = ${communityId}::uuid and x.refusal is not null)`;
  return sql`
    with known as materialized (
      select account_id from community_access where community_id = ${communityId}::uuid and access_hash is not null
    ), candidate as materialized (
      (select a.id, a.status, a.used_at, a.peer_floods from account a
        where ${mayServe} order by a.used_at nulls first limit ${glance})
      union all
      (select a.id, a.status, a.used_at, a.peer_floods from known join account a on a.id = known.account_id
        where ${mayServe} limit ${glance})
    )
    select id, status = 'active' as is_active, used_at, id in (select account_id from known) as reaches,
      (select count(*)::int from parse_task t
        where t.account_id = candidate.id and t.status in ('checking', 'waiting', 'running')) as tasks,
      (select count(*)::int from attempt t
        where t.account_id = candidate.id and t.counted_at > ${at(later(now, -DAY_MS))}) as calls,
      (select count(*)::int from unnest(peer_floods) as flood where flood > ${at(later(now, -memoryMs))}) as floods
    from candidate`;
};

const toCandidate = (row: Row, policy: LimitPolicy, now: Date): AllocationCandidate => ({
  accountId: row.id,
  isActive: row.is_active,
  reaches: row.reaches,
  openTasks: row.tasks,
  usedShare: row.calls / Math.max(1, policy.invitesPerAccountDay),
  peerFloods: row.floods,
  idleMs: row.used_at === null ? null : now.getTime() - new Date(row.used_at).getTime(),
});
