import { sql } from 'drizzle-orm';
import { acrossWorkspaces, type Db, inWorkspace } from '../context.ts';

export type KeyUse = { workspaceId: string; keyId: string; sessions: number };

/** How many sessions of each workspace were sealed with which key; only a worker's role may look over all of them. */
export const listKeyUse = async (db: Db): Promise<KeyUse[]> => {
  const workspaces = await acrossWorkspaces(db, (tx) =>
    tx.execute<{ id: string }>(sql`select distinct workspace_id as id from account order by 1`),
  );
  const uses: KeyUse[] = [];
  for (const { id: workspaceId } of workspaces) {
    const rows = await inWorkspace(db, workspaceId, (tx) =>
      tx.execute<{ keyId: string; sessions: number }>(sql`
        select key_id as "keyId", count(*)::int as sessions from account_session group by key_id order by key_id`),
    );
    uses.push(...rows.map((row) => ({ workspaceId, ...row })));
  }
  return uses;
};
