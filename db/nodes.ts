import { sql } from 'drizzle-orm';
import type { Db } from './context.ts';

/** Says that a worker process runs; said again, that it still does. In the database's time. */
export const reportNode = async (
  db: Db,
  node: { nodeId: string; name: string; version: string },
): Promise<void> => {
  await db.execute(sql`
    insert into node (id, name, version, started_at, seen_at)
    values (${node.nodeId}, ${node.name}, ${node.version}, clock_timestamp(), clock_timestamp())
    on conflict (id) do update set seen_at = clock_timestamp()`);
};

/** The process has ended in order. */
export const forgetNode = async (db: Db, nodeId: string): Promise<void> => {
  await db.execute(sql`delete from node where id = ${nodeId}`);
};
