import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '#core/secret.ts';
import type { SealKeys } from '#core/session-keys.ts';
import { findSealedSession } from '../queries/find-sealed-session.ts';
import { accountSession } from '../schema/accounts.ts';
import { openSession, sealSession } from '../seal.ts';
import { rewrapWith } from '../session-keys.ts';
import { createAccount, createHome, type Home, sealKey } from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { connectAccount } from './connect-account.ts';
import { rewrapSessions } from './rewrap-sessions.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const newest = { id: 'newest', key: randomBytes(32) };
const keys: SealKeys = [newest, sealKey];

const sealedOf = async (home: Home, accountId: string) => (await findSealedSession(home.worker, accountId))!;
const rotateAll = async (home: Home, limit: number) => {
  const total = { rewrapped: 0, unopenable: 0 };
  let after: string | undefined;
  do {
    const done = await rewrapSessions(home.worker, {
      newestId: newest.id,
      rewrap: rewrapWith(keys),
      after,
      limit,
    });
    total.rewrapped += done.rewrapped;
    total.unopenable += done.unopenable;
    after = done.last;
  } while (after);
  return total;
};

test('every session gets the newest key, batch by batch, and a second run finds nothing to do', async () => {
  const home = await createHome(db);
  const accounts = await Promise.all(Array.from({ length: 7 }, () => createAccount(home)));
  expect(await rotateAll(home, 3)).toEqual({ rewrapped: 7, unopenable: 0 });
  for (const { accountId } of accounts) {
    const sealed = await sealedOf(home, accountId);
    const owner = { workspaceId: home.workspaceId, accountId };
    expect(openSession([newest], owner, sealed).reveal()).toBe('session');
  }
  expect(await rotateAll(home, 3)).toEqual({ rewrapped: 0, unopenable: 0 });
});

test('what cannot be opened stays as it was, to the byte', async () => {
  const home = await createHome(db);
  const [lost, moved, whole] = [
    await createAccount(home),
    await createAccount(home),
    await createAccount(home),
  ];
  const strange = sealSession(
    { id: 'lost', key: randomBytes(32) },
    { workspaceId: home.workspaceId, accountId: lost.accountId },
    new Secret('session'),
  );
  const foreign = await sealedOf(home, whole.accountId);
  const put = (accountId: string, { bytes, keyId }: typeof strange) =>
    db.owner
      .update(accountSession)
      .set({ sealed: bytes, keyId })
      .where(eq(accountSession.accountId, accountId));
  await put(lost.accountId, strange);
  await put(moved.accountId, foreign);
  expect(await rotateAll(home, 2)).toEqual({ rewrapped: 1, unopenable: 2 });
  expect(await sealedOf(home, lost.accountId)).toEqual(strange);
  expect(await sealedOf(home, moved.accountId)).toEqual(foreign);
});

test('a sign-in in the middle of a rotation is never overwritten', async () => {
  const home = await createHome(db);
  const telegramIds = Array.from({ length: 20 }, (_, n) => String(8_000_000 + n));
  const accounts = await Promise.all(telegramIds.map((telegramId) => createAccount(home, { telegramId })));
  const signInAgain = (telegramId: string) =>
    connectAccount(home.owner, {
      profile: { telegramId, firstName: 'Again', isPremium: false },
      seal: (accountId) =>
        sealSession(newest, { workspaceId: home.workspaceId, accountId }, new Secret('second')),
    });
  await Promise.all([rotateAll(home, 4), ...telegramIds.map(signInAgain), rotateAll(home, 5)]);
  for (const { accountId } of accounts) {
    const owner = { workspaceId: home.workspaceId, accountId };
    expect(openSession([newest], owner, await sealedOf(home, accountId)).reveal()).toBe('second');
  }
});
