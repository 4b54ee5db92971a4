import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { later } from '#core/duration.ts';
import type { SeenPerson } from '#core/telegram/user-session.ts';
import { community, parseTask, peerRef, person, sighting } from '../schema/index.ts';
import {
  communityFacts,
  createAccount,
  createCommunity,
  createHome,
  type HeldAccount,
  type Home,
  membersPage,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { createParseTask } from './create-parse-task.ts';
import { failParsePage } from './fail-parse-page.ts';
import { finishParseTask } from './finish-parse-task.ts';
import { recordCommunity } from './record-community.ts';
import { requestCommunity } from './request-community.ts';
import { startParseTask } from './start-parse-task.ts';
import { type StoreParsePageInput, storeParsePage } from './store-parse-page.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const order = (home: Home, communityId: string, held: HeldAccount) =>
  createParseTask(home.owner, {
    communityId,
    source: 'members',
    speed: 'medium',
    priority: 'normal',
    accountId: held.accountId,
  });
const running = async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { taskId } = await order(home, await createCommunity(home, [held]), held);
  const task = { taskId, accountId: held.accountId, leaseToken: held.leaseToken };
  await startParseTask(home.worker, task);
  const store = (people: readonly SeenPerson[], page: Partial<StoreParsePageInput> = {}) =>
    storeParsePage(home.worker, {
      ...task,
      ...membersPage(home, people),
      total: 1000,
      nextPageAt: later(home.worker.now, 1000),
      ...page,
    });
  return { home, held, task, store };
};
const taskOf = async (taskId: string) =>
  (await db.owner.select().from(parseTask).where(eq(parseTask.id, taskId)))[0]!;
const refOf = async (held: HeldAccount, telegramId: string) => {
  const [row] = await db.owner
    .select({ kind: peerRef.kind, accessHash: peerRef.accessHash, messageId: peerRef.messageId })
    .from(peerRef)
    .innerJoin(person, eq(person.id, peerRef.personId))
    .where(sql`${peerRef.accountId} = ${held.accountId} and ${person.telegramId} = ${telegramId}`);
  return row;
};

test('a page is stored with the place after it, and the task goes on from there after a crash', async () => {
  const { home, task, store } = await running();
  const first = [seenPerson(), seenPerson()];
  expect(await store(first)).toEqual({ people: 2, seen: 2 });
  const work = await startParseTask(home.worker, task);
  expect(work).toMatchObject({
    cursor: { source: 'members', offset: 2 },
    seenCount: 2,
    peopleCount: 2,
    totalCount: 1000,
  });
});

test('the same page stored twice collects nobody twice', async () => {
  const { task, store } = await running();
  const page = [seenPerson(), seenPerson(), seenPerson()];
  await store(page);
  expect(await store([...page, ...page])).toMatchObject({ people: 3 });
  expect(await db.owner.select().from(sighting).where(eq(sighting.parseTaskId, task.taskId))).toHaveLength(3);
});

test('a page under a lost lease or of a task that is over conflicts and stores nothing', async () => {
  const { home, task, store } = await running();
  await expect(store([seenPerson()], { leaseToken: task.leaseToken - 1 })).rejects.toMatchObject({
    code: 'conflict',
  });
  await finishParseTask(home.worker, task);
  await expect(store([seenPerson()])).rejects.toMatchObject({ code: 'conflict' });
  expect(await taskOf(task.taskId)).toMatchObject({ status: 'done', peopleCount: 0, cursor: null });
});

test('a min person never replaces a full reference, and a full one replaces a min', async () => {
  const { held, store } = await running();
  const [full, min] = [seenPerson(), seenPerson()];
  const { accessHash: _full, ...fullAsMin } = full;
  const { accessHash: minHash, ...asMin } = min;
  const chat = { kind: 'supergroup' as const, telegramId: '77', accessHash: '78' };
  const refs = [full, min].map(({ telegramId }) => ({ telegramId, chat, messageId: 5 }));
  await store([full, asMin], { refs });
  expect(await refOf(held, full.telegramId)).toMatchObject({ kind: 'full', accessHash: full.accessHash });
  expect(await refOf(held, min.telegramId)).toEqual({ kind: 'from_message', accessHash: '78', messageId: 5 });
  await store([fullAsMin, min], { refs });
  expect(await refOf(held, full.telegramId)).toMatchObject({ kind: 'full', accessHash: full.accessHash });
  expect(await refOf(held, min.telegramId)).toEqual({ kind: 'full', accessHash: minHash, messageId: null });
});

test('a min person without a message is known but cannot be addressed', async () => {
  const { held, store } = await running();
  const { accessHash: _, ...min } = seenPerson();
  expect(await store([min])).toMatchObject({ people: 1 });
  expect(await refOf(held, min.telegramId)).toBeUndefined();
});

test('a network failure asks again later, five times, and then ends the task', async () => {
  const { home, task } = await running();
  const fail = () => failParsePage(home.worker, { ...task, failure: { kind: 'timeout', error: 'timeout' } });
  for (let time = 1; time <= 5; time += 1) expect((await fail()).task.kind).toBe('again');
  expect((await fail()).task.kind).toBe('fail');
  expect(await taskOf(task.taskId)).toMatchObject({ status: 'failed', reason: 'timeout' });
});

test('a flood cools the account and hands the task to another, at its place', async () => {
  const { home, task, store } = await running();
  await store([seenPerson()]);
  const other = await createAccount(home);
  const failure = { kind: 'rpc', error: 'FLOOD_WAIT', argument: 600 } as const;
  expect((await failParsePage(home.worker, { ...task, failure })).task.kind).toBe('move');
  expect(await taskOf(task.taskId)).toMatchObject({
    accountId: other.accountId,
    status: 'checking',
    cursor: { offset: 1 },
  });
});

test('a task waits for its check and is refused with the reason', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { communityId } = await requestCommunity(home.owner, { reference: 't.me/hidden_people' });
  const { taskId, status } = await order(home, communityId, held);
  expect(status).toBe('checking');
  const facts = communityFacts({
    membersHidden: true,
    own: { isMember: true, isAdmin: false, mayInvite: false, adminRights: [] },
  });
  await recordCommunity(home.worker, {
    communityId,
    accountId: held.accountId,
    facts,
    recentComments: undefined,
  });
  expect(await taskOf(taskId)).toMatchObject({ status: 'refused', reason: 'community.members_hidden' });
  await expect(order(home, communityId, held)).rejects.toMatchObject({ code: 'community.members_hidden' });
});

test('one source is read once at a time', async () => {
  const { home, held, task } = await running();
  const { communityId } = await taskOf(task.taskId);
  await expect(order(home, communityId, held)).rejects.toMatchObject({ code: 'parse_task.already_running' });
});

test('one community under two references is one community', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const facts = communityFacts();
  await createCommunity(home, [held], facts);
  const { communityId } = await requestCommunity(home.owner, { reference: 't.me/+AbCdEfGhIjKl' });
  await recordCommunity(home.worker, {
    communityId,
    accountId: held.accountId,
    facts,
    recentComments: undefined,
  });
  const [twin] = await db.owner.select().from(community).where(eq(community.id, communityId));
  expect(twin).toMatchObject({ refusal: 'community.already_known', telegramId: null });
});
