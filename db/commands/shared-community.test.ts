import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#core/duration.ts';
import { target } from '../schema/index.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
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

const reserve = (home: Home, held: HeldAccount, now: Date) =>
  reserveAttempt(home.at(now).worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });

/** Two campaigns on one community with the same person, each with an account of its own. */
async function twoCampaigns() {
  const home = await createHome(db);
  const person = seenPerson();
  const first = await createAccount(home);
  const second = await createAccount(home);
  const one = await createRunningCampaign(home, [{ account: first, people: [person] }]);
  const other = await createRunningCampaign(home, [{ account: second, people: [person] }], one.communityId);
  return { home, first, second, other };
}

async function refuseForAMonth({ home, first }: Awaited<ReturnType<typeof twoCampaigns>>) {
  const reservation = await reserve(home, first, noon);
  if (reservation.kind !== 'attempt') throw new Error(`expected an attempt, got ${reservation.kind}`);
  await settleAttempt(home.at(noon).worker, {
    attemptId: reservation.attemptId,
    accountId: first.accountId,
    leaseToken: first.leaseToken,
    outcome: { kind: 'failed', failure: { kind: 'rpc', error: 'USER_CHANNELS_TOO_MUCH' } },
    roll: 0,
    hashPerson,
  });
}

describe('a person who may be tried again later', () => {
  it('is left alone by every other campaign of the community until then', async () => {
    const scene = await twoCampaigns();
    await refuseForAMonth(scene);
    const soon = await reserve(scene.home, scene.second, later(noon, DAY_MS));
    expect(soon.kind).not.toBe('attempt');
  });

  it('is shown there as waiting, with the same reason and time', async () => {
    const scene = await twoCampaigns();
    await refuseForAMonth(scene);
    const [row] = await db.owner.select().from(target).where(eq(target.campaignId, scene.other.campaignId));
    expect(row).toMatchObject({
      status: 'waiting',
      reason: 'USER_CHANNELS_TOO_MUCH',
      notBefore: later(noon, 30 * DAY_MS),
    });
  });
});
