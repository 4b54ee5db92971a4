import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { z } from 'zod';

const folder = fileURLToPath(new URL('./migrations', import.meta.url));
const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

/** Any number that no other program takes as its advisory lock: two migrations at once wait for each other. */
const lockKey = 7_485_201;

/** The database was migrated by a newer Usher: this one must not touch it. */
export class DatabaseTooNew extends Error {
  constructor() {
    super('the database has a newer schema than this version of Usher; start the newer version');
    this.name = 'DatabaseTooNew';
  }
}

/**
 * Brings the database at `url` to this version's schema and creates the roles when they are missing. Safe to call from
 * several processes at once and on a database that is up to date. Throws `DatabaseTooNew`, or what Postgres says.
 */
export const migrate = async (url: string): Promise<void> => {
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'usher migrate' },
  });
  try {
    await client`select pg_advisory_lock(${lockKey})`;
    await refuseNewerSchema(client);
    await runMigrations(drizzle({ client }), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
};

const refuseNewerSchema = async (client: postgres.Sql): Promise<void> => {
  const [known] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (known?.name === null) return;
  const journal = journalSchema.parse(JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8')));
  const newestHere = Math.max(...journal.entries.map((entry) => entry.when));
  const [newer] = await client`
    select 1 from drizzle.__drizzle_migrations where created_at > ${newestHere} limit 1`;
  if (newer) throw new DatabaseTooNew();
};
