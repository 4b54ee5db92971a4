import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acrossWorkspaces, type Db, inWorkspace, type Tx } from './context.ts';
import { insertAnyRow, listTables } from './testing/any-row.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

/** Tables that belong to no tenant; what each role may do with them is granted by name in the migrations. */
const shared = [
  'claim_code',
  'event_reader',
  'node',
  'operator',
  'server_session',
  'stopped_person',
  'work_claim',
];
/** What a transaction over all workspaces may read, per role. */
const across: Record<'app' | 'worker', string[]> = {
  app: ['api_token', 'connect_link', 'invitation', 'lease', 'member', 'outbox', 'workspace'],
  worker: [
    'account',
    'attempt',
    'audience',
    'audience_file',
    'audit',
    'campaign',
    'campaign_account',
    'community',
    'community_access',
    'community_search',
    'lease',
    'lookup',
    'outbox',
    'parse_task',
    'people_export',
    'retention',
    'sign_in',
    'target',
    'webhook',
    'webhook_delivery',
  ],
};

let db: TestDb;
let tenantTables: string[];
const owner = randomUUID();

beforeAll(async () => {
  db = await createTestDb();
  tenantTables = (await listTables(db.owner)).filter((table) => !shared.includes(table));
  for (const table of tenantTables) await db.owner.transaction((tx) => insertAnyRow(tx, table, owner));
});
afterAll(() => db.close());

const keyOf = (table: string) => sql.identifier(table === 'workspace' ? 'id' : 'workspace_id');
const countRows = async (tx: Tx, table: string): Promise<number> => {
  const [row] = await tx.execute<{ n: number }>(
    sql`select count(${keyOf(table)})::int as n from ${sql.identifier(table)}`,
  );
  return row!.n;
};
const errorOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => String(error.cause ?? error),
  );

test('every tenant table forces row level security and has the tenant policy', async () => {
  const rows = await db.owner.execute<{ name: string }>(sql`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity and relforcerowsecurity
      and exists (select from pg_policy where polrelid = pg_class.oid and polname = 'tenant')
    order by relname`);
  expect(rows.map((row) => row.name)).toEqual(tenantTables);
});

test('every table with a workspace is a tenant table, and every other is a known shared one', async () => {
  const rows = await db.owner.execute<{ name: string }>(sql`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' and table_name <> 'server_session'`);
  expect([...rows.map((row) => row.name), 'workspace'].sort()).toEqual(tenantTables);
});

describe.each(['app', 'worker'] as const)('as %s', (role) => {
  const of = (): Db => db[role];

  test('a transaction over all workspaces reads the named tables only', async () => {
    for (const table of tenantTables) {
      const seen = await acrossWorkspaces(of(), (tx) => countRows(tx, table));
      expect(seen, table).toBe(across[role].includes(table) ? 1 : 0);
    }
  });

  test('the role outlives RESET ROLE', async () => {
    const rows = await of().transaction(async (tx) => {
      await tx.execute(sql`reset role`);
      return tx.execute<{ name: string }>(sql`select current_user as name`);
    });
    expect(rows[0]?.name).toBe(`usher_${role}`);
  });
});

test('the app cannot read a sealed session back', async () => {
  const error = await errorOf(
    inWorkspace(db.app, owner, (tx) => tx.execute(sql`select sealed from account_session`)),
  );
  expect(error).toContain('permission denied');
});

test('nobody changes or deletes an audit row, not even the owner of the database', async () => {
  expect(await errorOf(db.owner.execute(sql`update audit set action = 'x'`))).toContain('append-only');
  expect(await errorOf(db.owner.execute(sql`delete from audit`))).toContain('append-only');
  expect(await errorOf(db.owner.execute(sql`truncate audit`))).toContain('append-only');
});
