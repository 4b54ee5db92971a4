import { sql } from 'drizzle-orm';
import { DAY_MS, later } from '#core/duration.ts';
import { Refused } from '#core/refusals.ts';
import type { AttemptStatus } from '#core/statuses.ts';
import { at } from '../command.ts';
import { type CommandContext, inWorkspace, type Tx } from '../context.ts';

export type ResultCount = { result: AttemptStatus | 'looked_up'; day: number; week: number; total: number };

/** How often something went wrong, by Telegram's name of it or Usher's rule. */
export type ErrorCount = { error: string; times: number; lastAt: Date };

export type AccountHistory = { results: ResultCount[]; errors: ErrorCount[] };

const errorsShown = 20;

/** What came of an account's calls in the last day, the last week and ever, and what went wrong, latest first. */
export const getAccountHistory = (
  ctx: CommandContext,
  input: { accountId: string },
): Promise<AccountHistory> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { accountId } = input;
    const [known] = await tx.execute(sql`select 1 from account where id = ${accountId}`);
    if (!known) throw new Refused('not_found');
    return {
      results: await countResults(tx, accountId, ctx.now),
      errors: await countErrors(tx, accountId),
    };
  });

const countResults = async (tx: Tx, accountId: string, now: Date): Promise<ResultCount[]> => {
  const since = (days: number) => at(later(now, -days * DAY_MS));
  const rows = await tx.execute<ResultCount>(sql`
    select result, count(*) filter (where started_at > ${since(1)})::int as day,
      count(*) filter (where started_at > ${since(7)})::int as week, count(*)::int as total
    from (
      select status::text as result, started_at from attempt where account_id = ${accountId}
      union all select 'looked_up', started_at from lookup where account_id = ${accountId}
    ) as call
    group by result order by total desc, result`);
  return [...rows];
};

/** Of invites and look-ups, and of everything else that failed on the account. */
const countErrors = async (tx: Tx, accountId: string): Promise<ErrorCount[]> => {
  const rows = await tx.execute<{ error: string; times: number; last_at: string }>(sql`
    select error, count(*)::int as times, max(at) as last_at
    from (
      select reason as error, coalesce(counted_at, started_at) as at from attempt
      where account_id = ${accountId} and status in ('refused', 'returned', 'unknown') and reason is not null
      union all
      select error, started_at from lookup where account_id = ${accountId} and error is not null
      union all
      select after ->> 'error', at from audit
      where entity_id = ${accountId} and action like 'account.%' and action = 'account.failed'
    ) as failure
    group by error order by last_at desc, error limit ${errorsShown}`);
  return rows.map(({ error, times, last_at }) => ({ error, times, lastAt: new Date(last_at) }));
};
