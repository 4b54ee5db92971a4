import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { later, MINUTE_MS } from '#core/duration.ts';
import { lookForWork } from '../dispatch.ts';
import { getParseTask } from '../queries/list-parse-tasks.ts';
import { outbox, parseTask, person, sighting } from '../schema/index.ts';
import {
  createAccount,
  createAudience,
  createCommunity,
  createHome,
  type HeldAccount,
  type Home,
  membersPage,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { cancelParseTask } from './cancel-parse-task.ts';
import { createParseTask } from './create-parse-task.ts';
import { failAccount } from './fail-account.ts';
import { failCommunityCheck } from './fail-community-check.ts';
import { failParsePage } from './fail-parse-page.ts';
import { finishParseTask } from './finish-parse-task.ts';
import { pauseParseTask } from './pause-parse-task.ts';
import { recoverAccounts } from './recover-accounts.ts';
import { removeParseTask } from './remove-parse-task.ts';
import { requestAudience } from './request-audience.ts';
import { restartParseTask } from './restart-parse-task.ts';
import { resumeParseTask } from './resume-parse-task.ts';
import { startParseTask } from './start-parse-task.ts';
import { type StoreParsePageInput, storeParsePage } from './store-parse-page.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

type Order = Partial<Parameters<typeof createParseTask>[1]>;

const order = async (home: Home, held: HeldAccount, wish: Order = {}) => {
  const communityId = wish.communityId ?? (await createCommunity(home, [held]));
  const { taskId } = await createParseTask(home.owner, {
    source: 'members',
    speed: 'medium',
    priority: 'normal',
    accountId: held.accountId,
    ...wish,
    communityId,
  });
  return { taskId, accountId: held.accountId, leaseToken: held.leaseToken, communityId };
};
const running = async (wish: Order = {}) => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const task = await order(home, held, wish);
  await startParseTask(home.worker, task);
  const store = (people: Parameters<typeof membersPage>[1], page: Partial<StoreParsePageInput> = {}) =>
    storeParsePage(home.worker, { ...task, ...membersPage(home, people), ...page });
  return { home, held, task, store };
};
const taskOf = async (taskId: string) =>
  (await db.owner.select().from(parseTask).where(eq(parseTask.id, taskId)))[0]!;
const eventsOf = async (home: Home, kind: string) => {
  const rows = await db.owner.select().from(outbox).where(eq(outbox.workspaceId, home.workspaceId));
  return rows.filter((row) => row.kind === kind).map((row) => row.payload);
};

test('a paused task stores no page that was under way, and goes on from the last one that was stored', async () => {
  const { home, task, store } = await running();
  await store([seenPerson()]);
  await pauseParseTask(home.owner, task);
  await expect(store([seenPerson()])).rejects.toMatchObject({ code: 'conflict' });
  await expect(pauseParseTask(home.owner, task)).rejects.toMatchObject({ code: 'parse_task.not_pausable' });
  await resumeParseTask(home.owner, task);
  expect(await startParseTask(home.worker, task)).toMatchObject({ cursor: { offset: 1 }, peopleCount: 1 });
});

test('a task that is restarted begins anew and finds nobody a second time', async () => {
  const { home, task, store } = await running();
  const people = [seenPerson(), seenPerson()];
  await store(people);
  await finishParseTask(home.worker, task);
  await restartParseTask(home.owner, task);
  expect(await startParseTask(home.worker, task)).toMatchObject({ cursor: { offset: 0 }, seenCount: 0 });
  expect(await store([...people, seenPerson()])).toEqual({ people: 3, seen: 3 });
});

test('a second task of the same source keeps a paused one from going on', async () => {
  const { home, held, task } = await running();
  await pauseParseTask(home.owner, task);
  await order(home, held, { communityId: task.communityId });
  await expect(resumeParseTask(home.owner, task)).rejects.toMatchObject({
    code: 'parse_task.already_running',
  });
});

test('a deleted task takes with it whom nothing else names', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const [alone, shared, chosen] = [seenPerson(), seenPerson(), seenPerson({ hasPhoto: false })];
  const { taskId } = await parsePeople(home, held, [alone, shared, chosen]);
  const { taskId: other } = await parsePeople(home, held, [shared]);
  await createAudience(home, { taskIds: [taskId], filter: { hasPhoto: false } as never });
  await removeParseTask(home.owner, { taskId });
  const left = await db.owner.select().from(person).where(eq(person.workspaceId, home.workspaceId));
  expect(left.map((row) => row.telegramId).sort()).toEqual([shared.telegramId, chosen.telegramId].sort());
  const sightings = await db.owner.select().from(sighting).where(eq(sighting.workspaceId, home.workspaceId));
  expect(sightings.map((row) => row.parseTaskId)).toEqual([other]);
});

test('authors of too few messages go when the task ends, also when it is cancelled', async () => {
  const wish = { source: 'messages', wish: { minMessages: 2 } } as const;
  for (const end of ['finish', 'cancel'] as const) {
    const { home, task, store } = await running(wish);
    const [often, once] = [seenPerson(), seenPerson()];
    const messages = (...counts: [typeof often, number][]) =>
      new Map(counts.map(([{ telegramId }, count]) => [telegramId, count]));
    await store([often, once], { messages: messages([often, 1], [once, 1]) });
    expect(await store([often], { messages: messages([often, 1]) })).toMatchObject({ people: 2 });
    if (end === 'finish') await finishParseTask(home.worker, task);
    else await cancelParseTask(home.owner, task);
    expect(await taskOf(task.taskId)).toMatchObject({ peopleCount: 1, reason: null });
  }
});

test('a task that found nobody says why, and no audience is made of it', async () => {
  const { home, task } = await running();
  await finishParseTask(home.worker, task);
  expect(await taskOf(task.taskId)).toMatchObject({ status: 'done', reason: 'parse_task.no_members' });
  expect(await eventsOf(home, 'parse_task.finished')).toEqual([
    { taskId: task.taskId, people: 0, because: 'parse_task.no_members' },
  ]);
  const source = { taskIds: [task.taskId] };
  await expect(requestAudience(home.owner, { name: 'Empty', source })).rejects.toMatchObject({
    code: 'audience.empty',
  });
});

test('a short rest is waited out, a long one hands the task on, and without another it says until when', async () => {
  const flood = (argument: number) => ({ kind: 'rpc', error: 'FLOOD_WAIT', argument }) as const;
  const { home, held, task } = await running();
  await failParsePage(home.worker, { ...task, failure: flood(60) });
  const until = later(home.worker.now, 120_000);
  const shown = await getParseTask(home.owner, task);
  expect(shown).toMatchObject({ accountId: held.accountId, waits: { because: 'FLOOD_WAIT', until } });
  expect(await eventsOf(home, 'parse_task.waits')).toMatchObject([{ until: until.toISOString() }]);

  await failAccount(home.worker, { accountId: held.accountId, failure: flood(3600) });
  const rests = await getParseTask(home.owner, task);
  expect(rests.waits?.until).toEqual(later(home.worker.now, 3660_000));

  const helper = await createAccount(home);
  expect(await taskOf(task.taskId)).toMatchObject({
    accountId: helper.accountId,
    movedBecause: 'FLOOD_WAIT',
  });
});

test('an account that recovers sooner goes on with what waits too long for another', async () => {
  const flood = (argument: number) => ({ kind: 'rpc', error: 'FLOOD_WAIT', argument }) as const;
  const { home, held, task } = await running();
  const other = await createAccount(home);
  await failAccount(home.worker, { accountId: other.accountId, failure: flood(600) });
  await failAccount(home.worker, { accountId: held.accountId, failure: flood(7200) });
  expect((await taskOf(task.taskId)).accountId).toBe(held.accountId);
  await recoverAccounts(home.at(later(home.worker.now, 12 * MINUTE_MS)).worker);
  expect((await taskOf(task.taskId)).accountId).toBe(other.accountId);
});

test('an account that was shut out hands the task on, past one that cannot see the community either', async () => {
  const { home, held, task, store } = await running();
  const blind = await createAccount(home);
  await store([seenPerson()]);
  const failure = { kind: 'rpc', error: 'CHANNEL_PRIVATE' } as const;
  await failParsePage(home.worker, { ...task, failure });
  expect(await taskOf(task.taskId)).toMatchObject({
    accountId: blind.accountId,
    status: 'checking',
    movedBecause: 'CHANNEL_PRIVATE',
  });
  const third = await createAccount(home);
  await failCommunityCheck(home.worker, {
    communityId: task.communityId,
    accountId: blind.accountId,
    failure,
  });
  expect(await taskOf(task.taskId)).toMatchObject({ accountId: third.accountId, cursor: { offset: 1 } });
  const moves = await eventsOf(home, 'parse_task.moved');
  expect(moves).toMatchObject([{ error: 'CHANNEL_PRIVATE' }, { accountId: third.accountId }]);
  expect(held.accountId).not.toBe(third.accountId);
});

test('of the tasks of one account the first come of the highest priority is handed out alone', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const lowFirst = await order(home, held, { priority: 'low' });
  const normal = await order(home.at(later(home.owner.now, 1000)), held);
  const laterNormal = await order(home.at(later(home.owner.now, 2000)), held);
  const high = await order(home.at(later(home.owner.now, 3000)), held, { priority: 'high' });
  const now = later(home.owner.now, 5000);
  const wanted: (string | undefined)[] = [];
  for (const expected of [high, normal, laterNormal, lowFirst]) {
    await db.owner.execute(sql`delete from work_claim`);
    const { nodeId } = held;
    const { due } = await lookForWork(db.worker, { nodeId, now, limit: 50, newAccounts: 0, termSeconds: 60 });
    const tasks = due.map(({ job }) => job).filter(({ name }) => name === 'parse-pages');
    wanted.push(...tasks.map(({ payload }) => ('taskId' in payload ? payload.taskId : undefined)));
    await cancelParseTask(home.at(now).owner, expected);
  }
  expect(wanted).toEqual([high.taskId, normal.taskId, laterNormal.taskId, lowFirst.taskId]);
});

test('what is told of a page is what the task says', async () => {
  const { home, task, store } = await running();
  const startMs = home.worker.now.getTime();
  const asked = [
    { atMs: startMs, seen: 0 },
    { atMs: startMs + 1500, seen: 200 },
  ];
  const news = { ratePerMinute: 8000, secondsLeft: 5 };
  await store([seenPerson()], { seen: 400, total: 1066, media: 3, asked, news });
  const [told] = await eventsOf(home, 'parse_task.progressed');
  expect(told).toEqual({ taskId: task.taskId, people: 1, seen: 400, media: 3, total: 1066, ...news });
  const { people, seen, media, total, ratePerMinute, secondsLeft, taskId } = await getParseTask(
    home.owner,
    task,
  );
  expect({ taskId, people, seen, media, total, ratePerMinute, secondsLeft }).toEqual(told);
  await store([seenPerson()], { news: null });
  expect(await eventsOf(home, 'parse_task.progressed')).toHaveLength(1);
});
