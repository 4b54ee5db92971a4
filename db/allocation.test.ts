import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '#core/duration.ts';
import { allocateAccount } from './allocation.ts';
import { failAccount } from './commands/fail-account.ts';
import { reserveAttempt } from './commands/reserve-attempt.ts';
import { settleAttempt } from './commands/settle-attempt.ts';
import { inWorkspace } from './context.ts';
import { getAccount } from './queries/get-account.ts';
import {
  createAccount,
  createCommunity,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  seenPerson,
} from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const allocate = (home: Home, wish: Parameters<typeof allocateAccount>[2] = {}) =>
  inWorkspace(db.worker, home.workspaceId, (tx) => allocateAccount(tx, home.worker, wish));
const fail = (home: Home, { accountId }: HeldAccount, error: string, argument?: number) =>
  failAccount(home.worker, {
    accountId,
    failure: { kind: 'rpc', error, ...(argument !== undefined && { argument }) },
  });

test('the choice goes round: whoever was chosen is the last to be chosen again', async () => {
  const home = await createHome(db);
  const accounts = [await createAccount(home), await createAccount(home), await createAccount(home)];
  const chosen = [
    await allocate(home),
    await allocate(home.at(later(noon, HOUR_MS))),
    await allocate(home.at(later(noon, 2 * HOUR_MS))),
  ];
  expect(new Set(chosen)).toEqual(new Set(accounts.map(({ accountId }) => accountId)));
  expect(await allocate(home.at(later(noon, 3 * HOUR_MS)))).toBe(chosen[0]);
});

test('an account that knows the community comes first, however many others there are', async () => {
  const home = await createHome(db);
  const knows = await createAccount(home);
  const communityId = await createCommunity(home, [knows]);
  for (let n = 0; n < 8; n += 1) await createAccount(home);
  expect(await allocate(home, { communityId })).toBe(knows.accountId);
  expect(await allocate(home, { communityId, without: knows.accountId })).not.toBe(knows.accountId);
});

test('an account that rests is chosen only when no other works, and a lost one never', async () => {
  const home = await createHome(db);
  const [tired, fresh, lost] = [
    await createAccount(home),
    await createAccount(home),
    await createAccount(home),
  ];
  await fail(home, tired, 'FLOOD_WAIT', 60);
  await fail(home, lost, 'SESSION_REVOKED');
  expect(await allocate(home)).toBe(fresh.accountId);
  expect(await allocate(home, { without: fresh.accountId })).toBe(tired.accountId);
  await fail(home, tired, 'USER_DEACTIVATED');
  expect(await allocate(home, { without: fresh.accountId })).toBeUndefined();
});

test('accounts of other workspaces are nobody’s choice', async () => {
  const home = await createHome(db);
  await createAccount(await createHome(db));
  expect(await allocate(home)).toBeUndefined();
});

test('an account shows what it has used of every limit, and what its health has lost', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { communityId } = await createRunningCampaign(home, [
    { account: held, people: [seenPerson(), seenPerson()] },
  ]);
  const reserved = await reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  if (reserved.kind !== 'attempt') throw new Error(`got ${reserved.kind}`);
  await settleAttempt(home.worker, {
    attemptId: reserved.attemptId,
    accountId: held.accountId,
    leaseToken: held.leaseToken,
    roll: 0,
    hashPerson,
    outcome: { kind: 'failed', failure: { kind: 'rpc', error: 'PEER_FLOOD' } },
  });
  const detail = await getAccount(home.owner, { accountId: held.accountId });
  expect(detail.limits.find(({ rule }) => rule === 'day')).toMatchObject({ used: 1, limit: 15 });
  expect(detail.communities).toMatchObject([
    {
      communityId,
      limits: [
        { rule: 'community_day', used: 1 },
        { rule: 'community_lifetime', used: 1, limit: 200 },
      ],
    },
  ]);
  expect(detail.health).toEqual({
    score: 25,
    issues: [
      { issue: 'blocked', count: 1, points: 50 },
      { issue: 'spam_warnings', count: 1, points: 25 },
    ],
  });
  expect(detail.recovery).toEqual({ by: 'time', at: later(noon, DAY_MS) });
});
