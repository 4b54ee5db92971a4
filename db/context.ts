import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Actor } from '#core/roles.ts';

export type Db = PostgresJsDatabase;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** What every command needs: `now` is business time. */
export type CommandContext = { db: Db; actor: Actor; workspaceId: string; now: Date };
export type QueryContext = { db: Db; workspaceId: string };

/**
 * One transaction that sees and touches the rows of one workspace only; row level security enforces it.
 * The setting ends with the transaction.
 */
export const inWorkspace = <T>(db: Db, workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('usher.workspace', ${workspaceId}, true)`);
    return work(tx);
  });

/**
 * One transaction over all workspaces, for what belongs to none: dispatch, the relay, leases, finding a person's
 * memberships. Row level security opens only the tables and verbs named for it in the migrations.
 */
export const acrossWorkspaces = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('usher.across', 'on', true)`);
    return work(tx);
  });
