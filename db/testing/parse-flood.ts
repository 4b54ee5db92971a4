import { sql } from 'drizzle-orm';
import type { Priority } from '#core/statuses.ts';
import type { TestDb } from './test-db.ts';

type Flood = {
  workspaceId: string;
  /** Who reads them, each the same part. */
  accountIds: readonly string[];
  tasks: number;
  priority: Priority;
  now: Date;
};

/**
 * So many parse tasks of one workspace, all of them waiting: each of a group of its own that its account has read. Telegram
 * knows none of the groups. As the owner, in one statement: the command takes a minute for as many.
 */
export const floodWithTasks = async ({ owner }: Pick<TestDb, 'owner'>, flood: Flood): Promise<void> => {
  const { workspaceId, tasks, priority } = flood;
  const now = flood.now.toISOString();
  await owner.execute(sql`
    with task as (
      select n, gen_random_uuid() as community_id,
        (array[${sql.join(
          flood.accountIds.map((id) => sql`${id}::uuid`),
          sql`, `,
        )}])[1 + n % ${flood.accountIds.length}::int] as account_id
      from generate_series(1, ${tasks}::int) as n
    ), group_read as (
      insert into community (id, workspace_id, reference, telegram_id, kind, title, members_hidden, checked_at, created_at)
      select community_id, ${workspaceId}, 'flood ' || n, 8000000000 + n, 'supergroup', 'Group ' || n, false, ${now}, ${now}
      from task
    ), access as (
      insert into community_access (account_id, community_id, workspace_id, access_hash, checked_at)
      select account_id, community_id, ${workspaceId}, n, ${now} from task
    )
    insert into parse_task (workspace_id, community_id, source, speed, priority, status, account_id, next_page_at, created_at)
    select ${workspaceId}, community_id, 'members', 'fast', ${priority}, 'waiting', account_id, ${now}, ${now} from task`);
};
