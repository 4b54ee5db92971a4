import { afterAll, beforeAll, expect, it } from 'vitest';
import { acquireLease, releaseLease } from '../leases.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  hashPerson,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

it('a result is not taken under a newer lease than its attempt, even of the same node', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
  const reserved = await reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  if (reserved.kind !== 'attempt') throw new Error(`expected an attempt, got ${reserved.kind}`);
  const { accountId, nodeId, leaseToken } = held;
  await releaseLease(db.worker, { accountId, nodeId, token: leaseToken });
  const newer = await acquireLease(db.worker, { accountId, nodeId, termSeconds: 3600 });

  const settled = settleAttempt(home.worker, {
    attemptId: reserved.attemptId,
    accountId,
    leaseToken: newer?.token ?? leaseToken,
    outcome: { kind: 'joined' },
    roll: 0,
    hashPerson,
  });
  await expect(settled).rejects.toMatchObject({ code: 'conflict' });
});
