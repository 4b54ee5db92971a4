import { eq, sql } from 'drizzle-orm';
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
import { createTestDb, policySigner, type TestDb } from '../testing/test-db.ts';
import { publishPolicy } from './publish-policy.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

/** A promise that a test resolves from outside. */
function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

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
  return { home, first, second, other, communityId: one.communityId };
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

describe('two lanes that decide about one community at the same moment', () => {
  /** Both have decided, and wait for the community. */
  const race = async (home: Home, lanes: readonly HeldAccount[], communityId: string) => {
    const isHeld = deferred();
    const mayGo = deferred();
    const holding = db.owner.transaction(async (tx) => {
      await tx.execute(sql`select 1 from community where id = ${communityId} for no key update`);
      isHeld.resolve();
      await mayGo.promise;
    });
    await isHeld.promise;
    const answers = Promise.all(lanes.map((held) => reserve(home, held, noon)));
    await expect.poll(countWaiting).toBe(lanes.length);
    mayGo.resolve();
    await holding;
    return (await answers).map(({ kind }) => kind).sort();
  };
  const countWaiting = async () => {
    const [row] = await db.owner.execute<{ waiting: number }>(sql`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    return row?.waiting;
  };

  it('do not both take the last place of its day', async () => {
    const home = await createHome(db);
    const lanes = [await createAccount(home), await createAccount(home)];
    const places = { invitesPerCommunityDay: 1 };
    await publishPolicy(home.owner, {
      basedOn: 0,
      reason: 'one place',
      signer: policySigner,
      changes: places,
    });
    const { communityId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: [seenPerson()] })),
    );
    expect(await race(home, lanes, communityId)).toEqual(['attempt', 'wait']);
  });

  it('do not both call the same person for two campaigns', async () => {
    const { home, first, second, communityId } = await twoCampaigns();
    expect(await race(home, [first, second], communityId)).toEqual(['attempt', 'wait']);
  });
});
