import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REFRESH_EVERY_MS } from '#core/account/life.ts';
import { later } from '#core/duration.ts';
import { createConnectLink } from './commands/create-connect-link.ts';
import { createParseTask } from './commands/create-parse-task.ts';
import { requestAudience } from './commands/request-audience.ts';
import { requestCommunity } from './commands/request-community.ts';
import { reserveAttempt } from './commands/reserve-attempt.ts';
import { startSignIn } from './commands/start-sign-in.ts';
import { findConnectPage, hashOf } from './connect-pages.ts';
import { lookForWork, releaseWork } from './dispatch.ts';
import {
  createAccount,
  createCommunity,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  hashPerson,
  noon,
  seenPerson,
} from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

// The dispatcher looks at all workspaces, so every test has a database of its own.
let db: TestDb;
beforeEach(async () => {
  db = await createTestDb();
});
afterEach(() => db.close());

const look = (nodeId: string, now = noon, limit = 10) =>
  lookForWork(db.worker, { nodeId, now, limit, newAccounts: limit, termSeconds: 60 });
const claim = async (nodeId: string, now = noon, limit = 10) => (await look(nodeId, now, limit)).due;
/** Claims nothing. */
const nextLook = async (nodeId: string) => (await look(nodeId, noon, 0)).next;
/** A new campaign has its accounts read its community again: not what these tests are about. */
const forgetChecks = () => db.owner.execute(sql`update community_access set check_at = null`);
const runningLane = async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
  await forgetChecks();
  return { home, held };
};
const freeLease = (held: HeldAccount) =>
  db.owner.execute(sql`update lease set node_id = null, until = now() where account_id = ${held.accountId}`);

test('a due slot is handed to the node that holds the account, with its lease, and only once', async () => {
  const { home, held } = await runningLane();
  const { accountId, nodeId, leaseToken } = held;
  expect(await claim(randomUUID())).toEqual([]);
  const job = { name: 'send-invite', payload: { workspaceId: home.workspaceId, accountId } };
  expect(await claim(nodeId)).toEqual([{ job, lease: { accountId, token: leaseToken } }]);
  expect(await claim(nodeId)).toEqual([]);
});

test('a free account is leased in the same statement, to one of many nodes', async () => {
  const { held } = await runningLane();
  await freeLease(held);
  const claims = await Promise.all(Array.from({ length: 6 }, () => claim(randomUUID())));
  expect(claims.flat()).toMatchObject([{ lease: { accountId: held.accountId, token: held.leaseToken + 1 } }]);
});

test('of accounts that nobody holds no more are taken than asked for, whatever there is to do for own ones', async () => {
  const home = await createHome(db);
  const lanes = await Promise.all(Array.from({ length: 4 }, () => createAccount(home)));
  await createRunningCampaign(
    home,
    lanes.map((account) => ({ account, people: [seenPerson()] })),
  );
  await forgetChecks();
  const [own, ...others] = lanes;
  for (const held of others) await freeLease(held);
  const take = async (newAccounts: number) => {
    const input = { nodeId: own!.nodeId, now: noon, limit: 10, newAccounts, termSeconds: 60 };
    return (await lookForWork(db.worker, input)).due.map(({ lease }) => lease?.accountId);
  };
  expect(await take(0)).toEqual([own!.accountId]);
  expect(await take(2)).toHaveLength(2);
  expect(await take(2)).toHaveLength(1);
});

test('work that was released is handed out again while it is due', async () => {
  const { held } = await runningLane();
  const [first] = await claim(held.nodeId);
  await releaseWork(db.worker, first!.job);
  expect(await claim(held.nodeId)).toEqual([first]);
});

test('work that was handed out and lost comes back after the term', async () => {
  const { held } = await runningLane();
  const [first] = await claim(held.nodeId);
  await db.owner.execute(sql`update work_claim set until = clock_timestamp()`);
  expect(await claim(held.nodeId)).toEqual([first]);
});

test('a slot that has moved is other work, and due at its moment', async () => {
  const { home, held } = await runningLane();
  await claim(held.nodeId);
  await reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  const next = later(noon, 600_000);
  expect(await claim(held.nodeId)).toEqual([]);
  expect(await nextLook(held.nodeId)).toMatchObject({ at: next });
  expect(await claim(held.nodeId, next)).toMatchObject([{ job: { name: 'send-invite' } }]);
});

test('an attempt past its deadline is work for the account that made it', async () => {
  const { home, held } = await runningLane();
  await reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  const next = await nextLook(held.nodeId);
  expect(next.realDelayMs).toBeLessThanOrEqual(6000);
  await db.owner.execute(sql`update attempt set deadline_at = clock_timestamp()`);
  expect(await claim(held.nodeId)).toMatchObject([{ job: { name: 'reconcile-attempts' } }]);
});

test('checks, parse tasks and audiences are found', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { communityId: unread } = await requestCommunity(home.owner, { reference: '@unread' });
  const communityId = await createCommunity(home, [held]);
  const task = { source: 'members', speed: 'safe', priority: 'low' } as const;
  const { taskId } = await createParseTask(home.owner, { ...task, communityId, accountId: held.accountId });
  const { audienceId } = await requestAudience(home.owner, { name: 'All', source: { taskIds: [taskId] } });
  const { workspaceId } = home;
  const { accountId } = held;
  const jobs = (await claim(held.nodeId)).map((work) => work.job);
  expect(jobs).toHaveLength(3);
  expect(jobs).toEqual(
    expect.arrayContaining([
      { name: 'check-community', payload: { workspaceId, accountId, communityId: unread } },
      { name: 'parse-pages', payload: { workspaceId, accountId, taskId } },
      { name: 'build-audience', payload: { workspaceId, audienceId } },
    ]),
  );
  for (const job of jobs) await releaseWork(db.worker, job);
  expect(await claim(held.nodeId)).toHaveLength(3);
});

test('a sign-in that waits is handed out once, before everything else, and never after its end', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await requestCommunity(home.owner, { reference: '@unread' });
  const { token } = await createConnectLink(home.owner);
  const page = await findConnectPage(db.app, { tokenHash: hashOf(token) });
  const { signInId } = await startSignIn(home.owner, { linkId: page!.linkId, method: 'qr' });
  const job = { name: 'sign-in', payload: { workspaceId: home.workspaceId, signInId } } as const;
  const [first, ...others] = await claim(held.nodeId);
  expect(first).toEqual({ job });
  expect(others).toHaveLength(1);
  expect(await claim(randomUUID())).toEqual([]);
  await releaseWork(db.worker, job);
  await db.owner.execute(sql`update sign_in set expires_at = clock_timestamp()`);
  expect(await claim(randomUUID())).toEqual([]);
});

test('the next page of a task in hand is no moment to look, until the task is handed back', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const communityId = await createCommunity(home, [held]);
  const how = { source: 'members', speed: 'safe', priority: 'low' } as const;
  await createParseTask(home.owner, { ...how, communityId, accountId: held.accountId });
  const [work] = await claim(held.nodeId);
  const next = later(noon, 3000);
  await db.owner.execute(sql`update parse_task set status = 'running', next_page_at = ${next.toISOString()}`);
  expect((await nextLook(held.nodeId)).at).toEqual(later(noon, REFRESH_EVERY_MS));
  await releaseWork(db.worker, work!.job);
  expect((await nextLook(held.nodeId)).at).toEqual(next);
});

test('an account that cools gets no work, and its recovery is a moment to look', async () => {
  const { held } = await runningLane();
  const recoversAt = later(noon, 60_000);
  await db.owner.execute(sql`
    update account set status = 'cooling', recovers_at = ${recoversAt.toISOString()}, next_slot_at = null`);
  expect(await claim(held.nodeId)).toEqual([]);
  expect(await nextLook(held.nodeId)).toMatchObject({ at: recoversAt });
});

test('no more is claimed than asked for', async () => {
  const home = await createHome(db);
  const [a, b] = [await createAccount(home), await createAccount(home)];
  await createRunningCampaign(home, [
    { account: a, people: [seenPerson()] },
    { account: b, people: [seenPerson()] },
  ]);
  await forgetChecks();
  for (const held of [a, b]) await freeLease(held);
  const nodeId = randomUUID();
  expect(await claim(nodeId, noon, 1)).toHaveLength(1);
  expect(await claim(nodeId, noon, 1)).toHaveLength(1);
  expect(await claim(nodeId, noon, 1)).toHaveLength(0);
});
