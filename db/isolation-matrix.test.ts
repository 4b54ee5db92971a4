import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from './context.ts';
import { type Cell, tryTable } from './testing/isolation-cells.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

class Undone extends Error {}

/**
 * Every tenant table of the catalogue, as bot and server, as a worker, and as an owner of the tables, who is bound only
 * because row level security is forced. Triggers and foreign keys rest: rights and policies alone are judged.
 */
const tryAll = async (
  change?: (tx: Tx) => Promise<unknown>,
): Promise<{ tables: string[]; cells: Cell[] }> => {
  const owner = `owner_${randomUUID().slice(0, 8)}`;
  const cells: Cell[] = [];
  let tables: string[] = [];
  const work = db.owner.transaction(async (tx) => {
    const rows = await tx.execute<{ name: string }>(sql`
      select distinct table_name as name from information_schema.columns
      where table_schema = 'public' and table_name <> 'server_session'
        and (column_name = 'workspace_id' or table_name = 'workspace') order by name`);
    tables = rows.map((row) => row.name);
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`create role ${sql.identifier(owner)}`);
    await tx.execute(sql`grant usage on schema public to ${sql.identifier(owner)}`);
    for (const table of tables)
      await tx.execute(sql`alter table ${sql.identifier(table)} owner to ${sql.identifier(owner)}`);
    await change?.(tx);
    for (const table of tables)
      cells.push(...(await tryTable(tx, table, ['usher_app', 'usher_worker', owner])));
    throw new Undone();
  });
  await expect(work).rejects.toThrow(Undone);
  return { tables, cells };
};
const wrong = (cells: readonly Cell[]) => cells.filter(({ expected, found }) => expected !== found);

test('each role does in its own workspace what it was granted, and nothing in any other or without one', async () => {
  const { tables, cells } = await tryAll();
  expect(wrong(cells)).toEqual([]);
  // Three roles, seven deeds and three settings for each table: all of them were tried.
  expect(cells.length).toBe(tables.length * 63);
  expect(cells.length).toBeGreaterThanOrEqual(2_000);
  const allowed = cells.filter(({ found }) => found === 1);
  expect(new Set(allowed.map(({ name }) => name.split(' in ')[0]?.split(' ').at(-1)))).toEqual(
    new Set(tables),
  );
});

test.each([
  [
    'is not forced',
    sql`alter table audience no force row level security`,
    /^owner_\w+ select audience in away$/,
  ],
  ['has no policy', sql`alter table target disable row level security`, /^usher_app delete target in away$/],
  [
    'opens to all who name no workspace',
    sql`create policy open on campaign using (coalesce(current_setting('usher.workspace', true), '') = '')`,
    /^usher_worker update campaign in none$/,
  ],
])('the matrix finds a table that %s', async (_, breaking, expected) => {
  const { cells } = await tryAll((tx) => tx.execute(breaking));
  expect(wrong(cells).map(({ name }) => name)).toEqual(
    expect.arrayContaining([expect.stringMatching(expected)]),
  );
});
