import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LookUpBy } from '#core/campaign/next-attempt.ts';
import { later, MINUTE_MS } from '#core/duration.ts';
import type { Answer, SeenPerson } from '#core/telegram/user-session.ts';
import { campaign, lookup, person, target } from '../schema/index.ts';
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
import { settleAttempt } from './settle-attempt.ts';
import { settleLookup } from './settle-lookup.ts';
import { startCampaign } from './start-campaign.ts';
import { suppressPerson } from './suppress-person.ts';

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
  const lookUp = async (answer: (by: LookUpBy) => Answer<SeenPerson>, now = noon) => {
    const reservation = await reserve(now);
    if (reservation.kind !== 'look_up') throw new Error(`expected a look-up, got ${reservation.kind}`);
    const { lookupId, by } = reservation;
    return settleLookup(home.at(now).worker, { lookupId, answer: answer(by) });
  };
  return { home, held, campaignId, reserve, lookUp };
};
const found =
  (seen = seenPerson()) =>
  (by: LookUpBy): Answer<SeenPerson> => ({
    ok: true,
    value: { ...seen, ...(by.kind === 'username' && { username: by.username }) },
  });
const nobody = (by?: LookUpBy): Answer<SeenPerson> => ({
  ok: false,
  failure: { kind: 'rpc', error: by?.kind === 'phone' ? 'PHONE_NOT_OCCUPIED' : 'USERNAME_NOT_OCCUPIED' },
});
const targetsOf = (campaignId: string) =>
  db.owner.select().from(target).where(eq(target.campaignId, campaignId)).orderBy(target.position);

const peopleOf = (home: Home) =>
  db.owner.select().from(person).where(eq(person.workspaceId, home.workspaceId)).orderBy(person.seenAt);

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

const phone = '+79991234567';

test('a number is looked up within the same limit, and is not written into what was looked up', async () => {
  const { home, reserve, lookUp } = await typedCampaign([phone]);
  const seen = seenPerson({ username: 'Anna_K' });
  expect(await lookUp(found(seen))).toEqual({ isReached: true });
  expect(await reserve()).toMatchObject({
    kind: 'attempt',
    person: { kind: 'full', telegramId: seen.telegramId },
  });
  const [known] = await peopleOf(home);
  expect(known).toMatchObject({ phone, username: 'anna_k', firstName: seen.firstName });
  const asked = await db.owner.select().from(lookup).where(eq(lookup.workspaceId, home.workspaceId));
  expect(asked).toMatchObject([{ username: '', isByPhone: true }]);
});

test('a number that leads to nobody ends the target, and is tried anew when it is given anew', async () => {
  const { home, campaignId, lookUp } = await typedCampaign([phone]);
  expect(await lookUp(nobody)).toEqual({ isReached: false });
  expect(await targetsOf(campaignId)).toMatchObject([
    { status: 'unreachable', reason: 'PHONE_NOT_OCCUPIED' },
  ]);
  expect(await peopleOf(home)).toMatchObject([{ phone, phoneLeadsNowhere: true }]);
  await createAudience(home, { typed: [{ line: 1, text: phone }] });
  expect(await peopleOf(home)).toMatchObject([{ phone, phoneLeadsNowhere: false }]);
});

test('whoever is not found by username is looked up by phone', async () => {
  const { home, campaignId, lookUp } = await typedCampaign([phone]);
  await db.owner.update(person).set({ username: 'old_name' }).where(eq(person.workspaceId, home.workspaceId));
  await lookUp(nobody);
  expect(await targetsOf(campaignId)).toMatchObject([{ status: 'pending' }]);
  expect(await lookUp(found())).toEqual({ isReached: true });
});

test('a number of somebody known moves the target to them, and nobody is invited twice', async () => {
  const seen = seenPerson({ username: 'known_one' });
  const { home, held, lookUp, reserve, campaignId } = await typedCampaign(
    ['@known_one', phone],
    async (at, held) => {
      await parsePeople(at, held, [seen]);
    },
  );
  const first = await reserve();
  if (first.kind !== 'attempt') throw new Error(`expected an attempt, got ${first.kind}`);
  await settleAttempt(home.worker, {
    ...{ attemptId: first.attemptId, accountId: held.accountId, leaseToken: held.leaseToken },
    ...{ outcome: { kind: 'joined' }, roll: 0, hashPerson },
  });
  await lookUp(found(seen), later(noon, 20 * MINUTE_MS));
  expect(await targetsOf(campaignId)).toMatchObject([
    { status: 'joined' },
    { status: 'refused', reason: 'tried_before' },
  ]);
  const people = await peopleOf(home);
  expect(people.filter((one) => one.phone)).toMatchObject([{ telegramId: seen.telegramId, phone }]);
});

test('whoever is suppressed by their number is not even looked up', async () => {
  const { home, campaignId, reserve } = await typedCampaign([phone]);
  const wish = { scope: 'workspace', reason: 'asked', hashPerson } as const;
  await suppressPerson(home.owner, { person: { phone }, ...wish });
  await reserve();
  expect(await targetsOf(campaignId)).toMatchObject([{ status: 'suppressed' }]);
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
  expect(await reserve()).toMatchObject({ kind: 'look_up', by: { username: 'other_one' } });
  await settleLookup(home.worker, { lookupId: first.lookupId, answer: nobody() });
  const again = settleLookup(home.worker, { lookupId: first.lookupId, answer: nobody() });
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
});
