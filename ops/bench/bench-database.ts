import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { type Connection, createDb, type DbRole } from '#db/connect.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';

export type BenchDatabase = {
  /** With the rights of the database's owner: to seed. */
  migrator: Connection;
  /** What is measured works with one connection of this. */
  measured: Connection;
  workspaceId: string;
  operatorId: string;
  now: Date;
  close(): Promise<void>;
};

/** A Postgres of a bench alone, with an empty workspace in it. What fails to open leaves nothing behind. */
export async function openBenchDatabase(role: DbRole): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const { url, stop } = await startEmbeddedPostgres({ dataDir: folder });
    closers.push(stop);
    await migrate(url);
    const migrator = createDb(url, { role: 'migrator', max: 1 });
    const measured = createDb(url, { role, max: 1 });
    closers.push(migrator.close, measured.close);
    const now = new Date();
    const owner = { telegramId: '1', firstName: 'Bench', language: 'en' } as const;
    const { workspaceId, operatorId } = await claimWorkspace(migrator.db, { name: 'Bench', owner, now });
    return { migrator, measured, workspaceId, operatorId, now, close };
  } catch (error) {
    await close();
    throw error;
  }
}
