import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { later, MINUTE_MS } from '#core/duration.ts';
import type { Answer, SeenPerson } from '#core/telegram/user-session.ts';
import { campaign, person, target } from '../schema/index.ts';
import {
  createAccount,
  createAudience,
  createCommunity,
  createHome,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { createCampaign } from './create-campaign.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleLookup } from './settle-lookup.ts';
import { startCampaign } from './start-campaign.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

/** A running campaign of one account over hand-typed people. */
const typedCampaign = async (
  names: readonly string[],
  prepare?: (home: Home, held: HeldAccount) => Promise<void>,
) => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await prepare?.(home, held);
  const communityId = await createCommunity(home, [held]);
  const typed = names.map((text, index) => ({ line: index + 1, text }));
  const audienceId = await createAudience(home, { typed, typedBasis: 'opted_in' });
  const { campaignId } = await createCampaign(home.owner, {
    name: 'Typed',
    mode: 'direct_add',
    priority: 'high',
    communityId,
    audienceId,
    accountIds: [held.accountId],
  });
  await startCampaign(home.owner, { campaignId, hashPerson });
  const reserve = (now = noon) =>
    reserveAttempt(home.at(now).worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  const lookUp = async (answer: (username: string) => Answer<SeenPerson>, now = noon) => {
    const reservation = await reserve(now);
    if (reservation.kind !== 'look_up') throw new Error(`expected a look-up, got ${reservation.kind}`);
    const { lookupId, username } = reservation;
    return settleLookup(home.at(now).worker, { lookupId, answer: answer(username) });
  };
  return { home, held, campaignId, reserve, lookUp };
};
const found =
  (seen = seenPerson()) =>
  (username: string): Answer<SeenPerson> => ({ ok: true, value: { ...seen, username } });
const nobody = (): Answer<SeenPerson> => ({
  ok: false,
  failure: { kind: 'rpc', error: 'USERNAME_NOT_OCCUPIED' },
});
const targetsOf = (campaignId: string) =>
  db.owner.select().from(target).where(eq(target.campaignId, campaignId)).orderBy(target.position);

test('a person known by username is looked up, then invited', async () => {
  const { reserve, lookUp } = await typedCampaign(['@anna_k']);
  const seen = seenPerson();
  expect(await lookUp(found(seen))).toEqual({ isReached: true });
  expect(await reserve()).toMatchObject({
    kind: 'attempt',
    person: { kind: 'full', telegramId: seen.telegramId, accessHash: seen.accessHash },
  });
});

test('a username that leads nowhere ends the target and the campaign, with the reason', async () => {
  const { campaignId, lookUp } = await typedCampaign(['@nobody_here']);
  expect(await lookUp(nobody)).toEqual({ isReached: false });
  expect(await targetsOf(campaignId)).toMatchObject([
    { status: 'unreachable', reason: 'USERNAME_NOT_OCCUPIED' },
  ]);
  const [row] = await db.owner.select().from(campaign).where(eq(campaign.id, campaignId));
  expect(row?.status).toBe('finished');
});

test('a username that has passed to somebody else reaches nobody', async () => {
  const seen = seenPerson({ username: 'old_owner' });
  const { accessHash: _, ...min } = seen;
  const { lookUp, campaignId } = await typedCampaign(['@old_owner'], async (home, held) => {
    await parsePeople(home, held, [min]);
  });
  expect(await lookUp(found())).toEqual({ isReached: false });
  expect(await targetsOf(campaignId)).toMatchObject([{ status: 'unreachable' }]);
});

test('a typed username that turns out to be a known person moves the target to them', async () => {
  const seen = seenPerson();
  const { lookUp, campaignId } = await typedCampaign(['@new_name'], async (home, held) => {
    await parsePeople(home, held, [seen]);
  });
  await lookUp(found(seen));
  const [row] = await db.owner
    .select({ telegramId: person.telegramId })
    .from(target)
    .innerJoin(person, eq(person.id, target.personId))
    .where(eq(target.campaignId, campaignId));
  expect(row?.telegramId).toBe(seen.telegramId);
});

test('the sixth look-up of an hour waits for the hour to pass', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `@person_${index}`);
  const { reserve, lookUp } = await typedCampaign(names);
  for (let minute = 0; minute < 5; minute += 1) await lookUp(nobody, later(noon, minute * MINUTE_MS));
  const wait = await reserve(later(noon, 5 * MINUTE_MS));
  expect(wait).toMatchObject({ kind: 'wait', because: 'lookup_hour' });
  if (wait.kind === 'wait')
    expect(wait.until.getTime()).toBeGreaterThanOrEqual(later(noon, 60 * MINUTE_MS).getTime());
});

test('an open look-up counts until it is answered, and is answered once', async () => {
  const { home, reserve } = await typedCampaign(['@slow_one', '@other_one']);
  const first = await reserve();
  if (first.kind !== 'look_up') throw new Error('expected a look-up');
  expect(await reserve()).toMatchObject({ kind: 'look_up', username: 'other_one' });
  await settleLookup(home.worker, { lookupId: first.lookupId, answer: nobody() });
  const again = settleLookup(home.worker, { lookupId: first.lookupId, answer: nobody() });
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
});
