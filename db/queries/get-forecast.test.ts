import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '#core/duration.ts';
import { createCampaign } from '../commands/create-campaign.ts';
import { reserveAttempt } from '../commands/reserve-attempt.ts';
import { settleAttempt } from '../commands/settle-attempt.ts';
import { account, campaign, person, target } from '../schema/index.ts';
import {
  createAccount,
  createAudience,
  createCommunity,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { getForecast } from './get-forecast.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const crowd = (count: number) => Array.from({ length: count }, () => seenPerson());

const invite = async (home: Home, held: HeldAccount): Promise<void> => {
  const reserved = await reserveAttempt(home.worker, {
    ...held,
    roll: 0.5,
    callDeadlineMs: 1000,
    hashPerson,
  });
  if (reserved.kind !== 'attempt') throw new Error(`got ${reserved.kind}`);
  const { attemptId } = reserved;
  const { accountId, leaseToken } = held;
  const outcome = { kind: 'joined' } as const;
  await settleAttempt(home.worker, { attemptId, accountId, leaseToken, outcome, roll: 0.5, hashPerson });
};

test('runs a campaign forward with each account inviting whom it reaches', async () => {
  const home = await createHome(db);
  const [ann, bob] = [await createAccount(home), await createAccount(home)];
  const { campaignId } = await createRunningCampaign(home, [
    { account: ann, people: crowd(4) },
    { account: bob, people: crowd(2) },
  ]);
  const forecast = await getForecast(home.owner, { campaignId });
  expect(forecast).toMatchObject({
    finishesAt: later(noon, HOUR_MS + 750_001),
    never: null,
    invites: 6,
    remaining: 0,
    perDay: [6],
    binding: { because: 'hour' },
    assumes: ['first_answers'],
  });
  const invitesOf = ({ accountId }: HeldAccount) =>
    forecast?.accounts.find((each) => each.accountId === accountId)?.invites;
  expect([invitesOf(ann), invitesOf(bob)]).toEqual([4, 2]);
});

test('goes on from the invites and the pause there are', async () => {
  const home = await createHome(db);
  const ann = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: ann, people: crowd(6) }]);
  const before = await getForecast(home.owner, { campaignId });
  // Five is all that a new account makes on its first day.
  expect(before?.finishesAt).toEqual(later(noon, DAY_MS));
  await invite(home, ann);
  const after = await getForecast(home.at(later(noon, 60_000)).owner, { campaignId });
  expect(after).toMatchObject({ finishesAt: before?.finishesAt, invites: 5 });
});

test('counts nobody whom a lane would end without a call, and tells who is out of reach', async () => {
  const home = await createHome(db);
  const ann = await createAccount(home);
  const people = [...crowd(2), seenPerson({ isBot: true }), seenPerson({ isDeleted: true }), seenPerson()];
  const { campaignId } = await createRunningCampaign(home, [{ account: ann, people }]);
  await db.owner
    .update(person)
    .set({ refusesDirectAdd: true })
    .where(eq(person.telegramId, people[0]?.telegramId ?? ''));
  expect(await getForecast(home.owner, { campaignId })).toMatchObject({ invites: 2, remaining: 0 });
  await db.owner.execute(`delete from peer_ref where person_id in (
    select id from person where telegram_id = ${people[1]?.telegramId})`);
  expect(await getForecast(home.owner, { campaignId })).toMatchObject({ invites: 1, remaining: 1 });
});

test('waits for whom may be tried later and for accounts that recover', async () => {
  const home = await createHome(db);
  const ann = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: ann, people: crowd(1) }]);
  await db.owner
    .update(target)
    .set({ status: 'waiting', notBefore: later(noon, 3 * HOUR_MS) })
    .where(eq(target.campaignId, campaignId));
  expect((await getForecast(home.owner, { campaignId }))?.finishesAt).toEqual(later(noon, 3 * HOUR_MS));
  await db.owner
    .update(account)
    .set({ status: 'cooling', recoversAt: later(noon, 5 * HOUR_MS) })
    .where(eq(account.id, ann.accountId));
  const forecast = await getForecast(home.owner, { campaignId });
  expect(forecast).toMatchObject({ finishesAt: later(noon, 5 * HOUR_MS), binding: { because: 'cooling' } });
  await db.owner.update(account).set({ status: 'banned' }).where(eq(account.id, ann.accountId));
  expect(await getForecast(home.owner, { campaignId })).toMatchObject({
    finishesAt: null,
    never: 'no_inviting_account',
    remaining: 1,
  });
});

test('forecasts a draft from its audience, and says that it takes it to start now', async () => {
  const home = await createHome(db);
  const ann = await createAccount(home);
  const { taskId } = await parsePeople(home, ann, crowd(3));
  const { campaignId } = await createCampaign(home.owner, {
    name: 'Draft',
    mode: 'direct_add',
    priority: 'normal',
    communityId: await createCommunity(home, [ann]),
    audienceId: await createAudience(home, { taskIds: [taskId] }),
    accountIds: [ann.accountId],
  });
  expect(await getForecast(home.owner, { campaignId })).toMatchObject({
    invites: 3,
    finishesAt: later(noon, HOUR_MS + 1),
    assumes: ['first_answers', 'starts_now'],
  });
});

test('says when other campaigns of the same accounts are left out', async () => {
  const home = await createHome(db);
  const ann = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: ann, people: crowd(1) }]);
  await createRunningCampaign(home, [{ account: ann, people: crowd(1) }]);
  expect((await getForecast(home.owner, { campaignId }))?.assumes).toEqual(['first_answers', 'alone']);
});

test('has nothing to say of a campaign that has ended, and knows none of another workspace', async () => {
  const home = await createHome(db);
  const ann = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: ann, people: crowd(1) }]);
  await db.owner.update(campaign).set({ status: 'cancelled' }).where(eq(campaign.id, campaignId));
  expect(await getForecast(home.owner, { campaignId })).toBeUndefined();
  const stranger = await createHome(db);
  await expect(getForecast(stranger.owner, { campaignId })).rejects.toMatchObject({ code: 'not_found' });
  await expect(getForecast(home.owner, { campaignId: randomUUID() })).rejects.toMatchObject({
    code: 'not_found',
  });
});
