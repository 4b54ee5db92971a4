import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAccount } from './commands/connect-account.ts';
import { acquireLease, releaseLease, renewLeases } from './leases.ts';
import { createHome } from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const freeAccount = async () => {
  const home = await createHome(db);
  const { accountId } = await connectAccount(home.owner, {
    profile: { telegramId: '42', firstName: 'Free', isPremium: false },
    seal: () => ({ bytes: Buffer.of(1), keyId: 'none' }),
  });
  return accountId;
};
const acquire = (accountId: string, nodeId = randomUUID()) =>
  acquireLease(db.worker, { accountId, nodeId, termSeconds: 60 });
const runOut = (accountId: string) =>
  db.owner.execute(sql`update lease set until = clock_timestamp() where account_id = ${accountId}`);

test('of many nodes that want one account at once, one gets it', async () => {
  const accountId = await freeAccount();
  const answers = await Promise.all(Array.from({ length: 8 }, () => acquire(accountId)));
  expect(answers.filter(Boolean)).toEqual([{ token: 1 }]);
});

test('a taker waits out the whole term, and gets a higher token', async () => {
  const accountId = await freeAccount();
  await acquire(accountId);
  expect(await acquire(accountId)).toBeUndefined();
  await runOut(accountId);
  expect(await acquire(accountId)).toEqual({ token: 2 });
});

test('the holder asking again keeps its token; after its term it is a new grant', async () => {
  const accountId = await freeAccount();
  const nodeId = randomUUID();
  await acquire(accountId, nodeId);
  expect(await acquire(accountId, nodeId)).toEqual({ token: 1 });
  await runOut(accountId);
  expect(await acquire(accountId, nodeId)).toEqual({ token: 2 });
});

test('renewal keeps what runs and does not revive what ran out', async () => {
  const [kept, lost] = [await freeAccount(), await freeAccount()];
  const nodeId = randomUUID();
  await acquire(kept, nodeId);
  await acquire(lost, nodeId);
  await runOut(lost);
  expect(await renewLeases(db.worker, { nodeId, termSeconds: 60 })).toEqual([{ accountId: kept, token: 1 }]);
});

test('a released account is free at once, and only its holder can release it', async () => {
  const accountId = await freeAccount();
  const nodeId = randomUUID();
  await acquire(accountId, nodeId);
  await releaseLease(db.worker, { accountId, nodeId: randomUUID(), token: 1 });
  expect(await acquire(accountId)).toBeUndefined();
  await releaseLease(db.worker, { accountId, nodeId, token: 1 });
  expect(await acquire(accountId)).toEqual({ token: 2 });
});

test('the app cannot touch leases of any workspace it is not in', async () => {
  const accountId = await freeAccount();
  const answer = await acquireLease(db.app, { accountId, nodeId: randomUUID(), termSeconds: 60 });
  expect(answer).toBeUndefined();
});
