import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inOneTrip } from './context.ts';
import { createHome } from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const rename = (name: string) => sql`update workspace set name = ${name} returning name`;

it('a transaction of one trip answers the rows of each statement and touches its own workspace only', async () => {
  const [home, other] = [await createHome(db), await createHome(db)];
  const answers = await inOneTrip(db.app, home.workspaceId, [rename('First'), rename('Second')]);
  expect(answers.map((rows) => [...rows])).toEqual([[{ name: 'First' }], [{ name: 'Second' }]]);
  const names = await db.owner.execute<{ id: string; name: string }>(sql`select id, name from workspace`);
  const nameOf = (id: string) => names.find((row) => row.id === id)?.name;
  expect(nameOf(home.workspaceId)).toBe('Second');
  expect(nameOf(other.workspaceId)).not.toBe('Second');
});

it('a transaction of one trip that fails in the middle has changed nothing, and its connection serves on', async () => {
  const home = await createHome(db);
  const names = () => db.owner.execute(sql`select name from workspace where id = ${home.workspaceId}`);
  const before = [...(await names())];
  const failing = inOneTrip(db.app, home.workspaceId, [
    rename('Lost'),
    sql`select 1 / 0`,
    rename('Lost too'),
  ]);
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect([...(await names())]).toEqual(before);
  const [rows] = await inOneTrip(db.app, home.workspaceId, [
    sql`select current_setting('usher.workspace') as id`,
  ]);
  expect([...(rows ?? [])]).toEqual([{ id: home.workspaceId }]);
});
