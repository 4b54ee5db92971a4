import { sql } from 'drizzle-orm';
import { at } from './command.ts';
import type { Tx } from './context.ts';

/** The statuses of accounts that work or will again by themselves. */
export const recoverableStatuses = sql.raw(`('active', 'cooling', 'blocked')`);

/**
 * The account that should read a community next: active before waiting ones, then the least burdened, then the oldest.
 * Undefined when the workspace has none that will ever act by itself.
 */
export const findReader = async (tx: Tx, without?: string): Promise<string | undefined> => {
  const [row] = await tx.execute<{ id: string }>(sql`
    select a.id from account a
    where a.status in ${recoverableStatuses} and a.id is distinct from ${without ?? null}::uuid
    order by a.status <> 'active',
      (select count(*) from parse_task t where t.account_id = a.id and t.status in ('checking', 'waiting', 'running')),
      a.connected_at, a.id
    limit 1`);
  return row?.id;
};

/** Asks for the community to be read by the account; an answer that is there already stays until the new one. */
export const wantAccess = async (
  tx: Tx,
  want: { workspaceId: string; accountId: string; communityId: string; now: Date },
): Promise<void> => {
  await tx.execute(sql`
    insert into community_access as known (workspace_id, account_id, community_id, check_at)
    values (${want.workspaceId}, ${want.accountId}, ${want.communityId}, ${at(want.now)})
    on conflict (account_id, community_id) do update set check_at = coalesce(known.check_at, excluded.check_at)`);
};
