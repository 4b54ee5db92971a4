import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  beatNode,
  drainNode,
  findLostNodes,
  type Hello,
  helloNode,
  listNodes,
  provisionNode,
  retireNode,
} from './nodes.ts';
import { createAccount, createHome, type Home, noon } from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

// Nodes belong to no workspace, so every test has a database of its own.
let db: TestDb;
beforeEach(async () => {
  db = await createTestDb();
});
afterEach(() => db.close());

const ctx = () => ({ db: db.worker, now: noon });
const alive = () => true;
const dead = () => false;
const hello = (changes: Partial<Hello> = {}): Hello => ({
  runId: randomUUID(),
  hardwareId: 'one',
  hostname: 'harbour',
  pid: 100,
  version: '1',
  capacity: 64,
  leaseSeconds: 30,
  ...changes,
});
const statuses = async () =>
  Object.fromEntries((await listNodes(db.worker)).map(({ name, status }) => [name, status]));
const fallSilent = (runId: string) =>
  db.owner.execute(
    sql`update node set seen_at = clock_timestamp() - interval '31 seconds' where run_id = ${runId}`,
  );
const newsOf = async (home: Home) =>
  db.owner.execute<{ kind: string; payload: { name: string } }>(
    sql`select kind, payload from outbox where workspace_id = ${home.workspaceId} and kind like 'node.%' order by id`,
  );
const hold = (accountId: string, runId: string) =>
  db.owner.execute(sql`
    update lease set node_id = ${runId}, until = clock_timestamp() + interval '30 seconds'
    where account_id = ${accountId}`);

test('a worker registers, works, drains and ends, and its next start takes the same place', async () => {
  const first = hello();
  expect((await helloNode(ctx(), first, alive)).name).toBe('harbour');
  expect(await statuses()).toEqual({ harbour: 'registered' });
  await beatNode(ctx(), first.runId);
  expect(await statuses()).toEqual({ harbour: 'active' });
  await drainNode(db.worker, first.runId);
  await beatNode(ctx(), first.runId);
  expect(await statuses()).toEqual({ harbour: 'draining' });
  await retireNode(db.worker, first.runId);
  expect(await statuses()).toEqual({ harbour: 'retired' });
  await helloNode(ctx(), hello(), alive);
  expect(await statuses()).toEqual({ harbour: 'registered' });
});

test('a machine that is expected stands there before its first worker, which takes its place', async () => {
  const machine = { hardwareId: 'one', hostname: 'harbour' };
  expect(await provisionNode(db.worker, machine)).toEqual({ isNew: true });
  expect(await statuses()).toEqual({ harbour: 'provisioned' });
  expect((await helloNode(ctx(), hello(), alive)).name).toBe('harbour');
  expect(await provisionNode(db.worker, machine)).toEqual({ isNew: false });
  expect(await statuses()).toEqual({ harbour: 'registered' });
});

test('workers beside each other have places of their own, and a dead one’s place is free at once', async () => {
  await helloNode(ctx(), hello({ pid: 1 }), alive);
  expect((await helloNode(ctx(), hello({ pid: 2 }), alive)).name).toBe('harbour-2');
  expect((await helloNode(ctx(), hello({ hardwareId: 'two', hostname: 'pier' }), alive)).name).toBe('pier');
  expect((await helloNode(ctx(), hello({ pid: 3 }), (pid) => pid !== 1)).name).toBe('harbour');
  const names = await Promise.all([4, 5, 6].map((pid) => helloNode(ctx(), hello({ pid }), alive)));
  expect(names.map(({ name }) => name).sort()).toEqual(['harbour-3', 'harbour-4', 'harbour-5']);
});

test('the database’s clock comes with every answer', async () => {
  const first = hello();
  const { realMs } = await helloNode(ctx(), first, alive);
  const beat = await beatNode(ctx(), first.runId);
  expect(Math.abs(realMs - Date.now())).toBeLessThan(60_000);
  expect(beat?.realMs).toBeGreaterThanOrEqual(realMs);
});

test('a silent worker is told once to the workspaces whose accounts it holds, and once when it is back', async () => {
  const [home, other] = [await createHome(db), await createHome(db)];
  const { accountId } = await createAccount(home);
  await createAccount(other);
  const first = hello();
  await helloNode(ctx(), first, alive);
  await beatNode(ctx(), first.runId);
  await hold(accountId, first.runId);
  expect(await findLostNodes(ctx())).toBe(0);
  await fallSilent(first.runId);
  expect(await Promise.all([findLostNodes(ctx()), findLostNodes(ctx())])).toContain(1);
  expect(await findLostNodes(ctx())).toBe(0);
  expect(await statuses()).toEqual({ harbour: 'lost' });
  expect(await newsOf(home)).toEqual([{ kind: 'node.lost', payload: { name: 'harbour' } }]);
  expect(await newsOf(other)).toEqual([]);

  await beatNode(ctx(), first.runId);
  await beatNode(ctx(), first.runId);
  expect(await statuses()).toEqual({ harbour: 'active' });
  expect((await newsOf(home)).map(({ kind }) => kind)).toEqual(['node.lost', 'node.returned']);
});

test('the bot notices too, and a new start of the lost worker is told as its return', async () => {
  const home = await createHome(db);
  await createAccount(home);
  const first = hello();
  await helloNode(ctx(), first, alive);
  await fallSilent(first.runId);
  expect(await findLostNodes({ db: db.app, now: noon })).toBe(1);
  await helloNode(ctx(), hello(), dead);
  expect((await newsOf(home)).map(({ kind }) => kind)).toEqual(['node.lost', 'node.returned']);
});

test('a worker whose place was given away is told so, and takes another', async () => {
  const frozen = hello();
  await helloNode(ctx(), frozen, alive);
  await fallSilent(frozen.runId);
  await findLostNodes(ctx());
  await helloNode(ctx(), hello(), alive);
  expect(await beatNode(ctx(), frozen.runId)).toBeUndefined();
  expect((await helloNode(ctx(), frozen, alive)).name).toBe('harbour-2');
});

test('a worker that has ended in order is never lost', async () => {
  const first = hello();
  await helloNode(ctx(), first, alive);
  await retireNode(db.worker, first.runId);
  await fallSilent(first.runId);
  expect(await findLostNodes(ctx())).toBe(0);
});
