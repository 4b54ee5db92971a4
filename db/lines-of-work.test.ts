import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { later } from '#core/duration.ts';
import type { Priority } from '#core/statuses.ts';
import { createParseTask } from './commands/create-parse-task.ts';
import { requestCommunity } from './commands/request-community.ts';
import { createDb } from './connect.ts';
import { lookForWork, releaseWork } from './dispatch.ts';
import { createAccount, createCommunity, createHome, type Home, noon } from './testing/factories.ts';
import { floodWithTasks } from './testing/parse-flood.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

// The dispatcher looks at all workspaces, so every test has a database of its own.
let db: TestDb;
beforeEach(async () => {
  db = await createTestDb();
});
afterEach(() => db.close());

const nodeId = randomUUID();
const claim = async (limit: number) =>
  (await lookForWork(db.worker, { nodeId, now: noon, limit, newAccounts: limit, termSeconds: 60 })).due;

/** Accounts that nobody holds and that have nothing to do. */
async function idleAccounts(home: Home, count: number): Promise<string[]> {
  const held = await Promise.all(Array.from({ length: count }, () => createAccount(home)));
  await db.owner.execute(sql`update lease set node_id = null, until = clock_timestamp()`);
  await db.owner.execute(sql`update account set refresh_at = null`);
  return held.map(({ accountId }) => accountId);
}
async function flood(accounts: number, tasks: number, priority: Priority = 'high'): Promise<Home> {
  const home = await createHome(db);
  const accountIds = await idleAccounts(home, accounts);
  const { workspaceId } = home;
  await floodWithTasks(db, { workspaceId, accountIds, tasks, priority, now: later(noon, -60_000) });
  return home;
}

test('a line of ten thousand tasks is not read to find its first', async () => {
  await flood(4, 10_000);
  await db.owner.execute(sql`analyze parse_task`);
  const worker = createDb(db.url, { role: 'usher_worker', max: 1 });
  const look = { nodeId, now: noon, limit: 10, newAccounts: 10, termSeconds: 60 };
  expect((await lookForWork(worker.db, look)).due).toHaveLength(4);
  expect((await lookForWork(worker.db, look)).due).toEqual([]);
  await worker.db.execute(sql`select pg_stat_force_next_flush()`);
  await worker.close();
  const [read] = await db.owner.execute<{ rows: string }>(sql`
    select idx_tup_fetch + seq_tup_read as rows from pg_stat_user_tables where relname = 'parse_task'`);
  expect(Number(read?.rows)).toBeLessThan(100);
});

test('an account that has many communities to read is given one at a time, the longest wanted first', async () => {
  const home = await createHome(db);
  await idleAccounts(home, 1);
  const wanted: string[] = [];
  for (const [n, name] of ['first', 'second', 'third'].entries()) {
    const ctx = home.at(later(noon, n - 10)).owner;
    wanted.push((await requestCommunity(ctx, { reference: `@${name}_here` })).communityId);
  }
  for (const communityId of wanted) {
    const [work, ...others] = await claim(10);
    expect(others).toEqual([]);
    expect(work).toMatchObject({ job: { name: 'check-community', payload: { communityId } } });
    await db.owner.execute(
      sql`update community_access set check_at = null where community_id = ${communityId}`,
    );
    await releaseWork(db.worker, work!.job);
  }
});

test('workspaces take turns: what others wait for longer and find more urgent does not come before a first task', async () => {
  const many = await flood(6, 60);
  const one = await createHome(db);
  const [accountId = ''] = await idleAccounts(one, 1);
  const [first, ...others] = await claim(3);
  expect(first).not.toHaveProperty('yields');
  expect(others.map((work) => work.yields)).toEqual([true, true]);

  const communityId = await createCommunity(one, [{ accountId, nodeId, leaseToken: 0 }]);
  const order = { communityId, source: 'members', speed: 'safe', priority: 'low', accountId } as const;
  const { taskId } = await createParseTask(one.owner, order);
  const [next] = await claim(1);
  expect(next).toMatchObject({ job: { name: 'parse-pages', payload: { taskId } } });
  expect(next).not.toHaveProperty('yields');
  const rest = (await claim(10)).map(({ job }) => job.payload.workspaceId);
  expect(rest).toEqual(Array(3).fill(many.workspaceId));
});
