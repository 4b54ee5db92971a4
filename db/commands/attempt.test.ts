import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { later } from '#core/duration.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { account, attempt, campaign, outbox, target } from '../schema/index.ts';
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
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { markUnknown } from './mark-unknown.ts';
import { recoverAccounts } from './recover-accounts.ts';
import { type Reservation, reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';
import { settleUnknown } from './settle-unknown.ts';
import { suppressPerson } from './suppress-person.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const reserve = (home: Home, held: HeldAccount, now: Date): Promise<Reservation> =>
  reserveAttempt(home.at(now).worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
const reserveOne = async (home: Home, held: HeldAccount, now: Date) => {
  const reservation = await reserve(home, held, now);
  if (reservation.kind !== 'attempt')
    throw new Error(`expected an attempt, got ${JSON.stringify(reservation)}`);
  return reservation;
};
const settle = (home: Home, held: HeldAccount, attemptId: string, outcome: InviteOutcome, now: Date) =>
  settleAttempt(home.at(now).worker, {
    attemptId,
    accountId: held.accountId,
    leaseToken: held.leaseToken,
    outcome,
    roll: 0,
    hashPerson,
  });
const failed = (error: string, argument?: number): InviteOutcome => ({
  kind: 'failed',
  failure: { kind: 'rpc', error, ...(argument !== undefined && { argument }) },
});
const targetsOf = (campaignId: string) =>
  db.owner
    .select({ status: target.status, reason: target.reason, notBefore: target.notBefore })
    .from(target)
    .where(eq(target.campaignId, campaignId))
    .orderBy(target.position);
const accountOf = async (held: HeldAccount) =>
  (await db.owner.select().from(account).where(eq(account.id, held.accountId)))[0]!;
const campaignOf = async (campaignId: string) =>
  (await db.owner.select().from(campaign).where(eq(campaign.id, campaignId)))[0]!;
const kindsOf = async (home: Home) =>
  (
    await db.owner.select().from(outbox).where(eq(outbox.workspaceId, home.workspaceId)).orderBy(outbox.id)
  ).map((row) => row.kind);

const oneLane = async (people = 3) => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const seen = Array.from({ length: people }, () => seenPerson());
  const made = await createRunningCampaign(home, [{ account: held, people: seen }]);
  return { home, held, seen, ...made };
};

test('an attempt is committed before it is answered, and moves the slot a pause away', async () => {
  const { home, held, seen, campaignId } = await oneLane();
  const reservation = await reserveOne(home, held, noon);
  expect(reservation).toMatchObject({
    campaignId,
    chat: { kind: 'supergroup' },
    person: { kind: 'full', telegramId: seen[0]!.telegramId, accessHash: seen[0]!.accessHash },
  });
  const [row] = await db.owner.select().from(attempt).where(eq(attempt.id, reservation.attemptId));
  expect(row).toMatchObject({ status: 'attempting', countedAt: null, startedAt: noon });
  expect((await targetsOf(campaignId)).map((one) => one.status)).toEqual([
    'attempting',
    'pending',
    'pending',
  ]);
  expect((await accountOf(held)).nextSlotAt).toEqual(later(noon, 600_000));
});

test('while a call is open the account waits', async () => {
  const { home, held } = await oneLane();
  await reserveOne(home, held, noon);
  const second = await reserve(home, held, later(noon, 700_000));
  expect(second).toMatchObject({ kind: 'wait', because: 'under_way' });
});

test('a joined person ends the target and the next slot is measured from the result', async () => {
  const { home, held, campaignId } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  const answered = later(noon, 2000);
  const { nextSlotAt } = await settle(home, held, attemptId, { kind: 'joined' }, answered);
  expect(nextSlotAt).toEqual(later(answered, 600_000));
  expect((await targetsOf(campaignId))[0]).toMatchObject({ status: 'joined' });
  const [row] = await db.owner.select().from(attempt).where(eq(attempt.id, attemptId));
  expect(row).toMatchObject({ status: 'joined', countedAt: answered });
});

test('a result is applied once: a second one conflicts and changes nothing', async () => {
  const { home, held, campaignId } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  await settle(home, held, attemptId, { kind: 'joined' }, noon);
  await expect(settle(home, held, attemptId, failed('USER_KICKED'), noon)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await targetsOf(campaignId))[0]).toMatchObject({ status: 'joined' });
});

test('a result under a lease that was lost conflicts', async () => {
  const { home, held } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  await db.owner.execute(sql`update lease set token = token + 1 where account_id = ${held.accountId}`);
  await expect(settle(home, held, attemptId, { kind: 'joined' }, noon)).rejects.toMatchObject({
    code: 'conflict',
  });
  const [row] = await db.owner.select().from(attempt).where(eq(attempt.id, attemptId));
  expect(row?.status).toBe('attempting');
});

test('nothing is reserved without the lease', async () => {
  const { home, held } = await oneLane();
  const stale = { ...held, leaseToken: held.leaseToken - 1 };
  expect(await reserve(home, stale, noon)).toEqual({ kind: 'lease_lost' });
  await db.owner.execute(
    sql`update lease set until = clock_timestamp() where account_id = ${held.accountId}`,
  );
  expect(await reserve(home, held, noon)).toEqual({ kind: 'lease_lost' });
});

test('privacy ends the target and is remembered of the person', async () => {
  const { home, held, campaignId, seen } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  await settle(home, held, attemptId, { kind: 'missing', why: 'privacy' }, noon);
  expect((await targetsOf(campaignId))[0]).toMatchObject({ status: 'refused', reason: 'privacy' });
  const rows = await db.owner.execute(
    sql`select 1 from person where telegram_id = ${seen[0]!.telegramId} and refuses_direct_add`,
  );
  expect(rows).toHaveLength(1);
});

test('a flood cools the account, returns the person, and is over when its time is', async () => {
  const { home, held, campaignId } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  await settle(home, held, attemptId, failed('FLOOD_WAIT', 300), noon);
  const until = later(noon, 360_000);
  expect(await accountOf(held)).toMatchObject({ status: 'cooling', recoversAt: until, nextSlotAt: null });
  expect((await targetsOf(campaignId))[0]).toMatchObject({ status: 'pending', reason: 'FLOOD_WAIT' });
  expect(await kindsOf(home)).toContain('account.cooling');
  expect(await recoverAccounts(home.at(later(until, -1)).worker)).toEqual({ accountIds: [] });
  expect(await recoverAccounts(home.at(until).worker)).toEqual({ accountIds: [held.accountId] });
  expect(await accountOf(held)).toMatchObject({ status: 'active', nextSlotAt: until });
  expect(await kindsOf(home)).toContain('account.recovered');
});

test('PEER_FLOOD blocks for a day, and is remembered', async () => {
  const { home, held } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  await settle(home, held, attemptId, failed('PEER_FLOOD'), noon);
  const row = await accountOf(held);
  expect(row).toMatchObject({ status: 'blocked', recoversAt: later(noon, 86_400_000) });
  expect(row.peerFloods).toEqual([noon]);
});

test('a dead session signs the account out and pauses a campaign that has nobody left', async () => {
  const { home, held, campaignId } = await oneLane();
  const { attemptId } = await reserveOne(home, held, noon);
  await settle(home, held, attemptId, failed('AUTH_KEY_UNREGISTERED'), noon);
  expect(await accountOf(held)).toMatchObject({ status: 'signed_out', recoversAt: null });
  expect(await campaignOf(campaignId)).toMatchObject({
    status: 'paused',
    statusBecause: 'no_inviting_account',
  });
  expect(await kindsOf(home)).toEqual(expect.arrayContaining(['account.signed_out', 'campaign.paused']));
});

test('a suppression committed a millisecond before the attempt keeps the person out, visibly', async () => {
  const { home, held, campaignId, seen } = await oneLane();
  await suppressPerson(home.owner, {
    person: { telegramId: seen[0]!.telegramId },
    scope: 'workspace',
    reason: 'asked',
    hashPerson,
  });
  const { person } = await reserveOne(home, held, noon);
  expect(person.telegramId).toBe(seen[1]!.telegramId);
  expect((await targetsOf(campaignId))[0]).toMatchObject({ status: 'suppressed', reason: 'suppressed' });
});

test('a suppression for another community does not count', async () => {
  const { home, held, seen } = await oneLane();
  const communityId = await createCommunity(home, [held]);
  const person = { telegramId: seen[0]!.telegramId };
  await suppressPerson(home.owner, { person, scope: 'community', communityId, reason: 'left', hashPerson });
  expect((await reserveOne(home, held, noon)).person.telegramId).toBe(seen[0]!.telegramId);
});

test('a person tried in a community is not tried there again by another campaign', async () => {
  const { home, held, seen, communityId } = await oneLane(1);
  const { attemptId } = await reserveOne(home, held, noon);
  await settle(home, held, attemptId, { kind: 'missing', why: 'premium_would_allow' }, noon);
  const second = await createAccount(home);
  const again = await createRunningCampaign(home, [{ account: second, people: seen }], communityId);
  expect(await reserve(home, second, noon)).toMatchObject({ kind: 'wait', because: 'no_targets' });
  expect(await targetsOf(again.campaignId)).toMatchObject([{ status: 'refused', reason: 'tried_before' }]);
});

test('the last settled target finishes the campaign in the same transaction', async () => {
  const { home, held, campaignId } = await oneLane(1);
  const { attemptId } = await reserveOne(home, held, noon);
  expect((await campaignOf(campaignId)).status).toBe('running');
  await settle(home, held, attemptId, { kind: 'joined' }, noon);
  expect(await campaignOf(campaignId)).toMatchObject({ status: 'finished', finishedAt: noon });
  expect((await kindsOf(home)).at(-1)).toBe('campaign.finished');
});

test('lanes take first whom only they can reach', async () => {
  const home = await createHome(db);
  const [first, second] = [await createAccount(home), await createAccount(home)];
  const [shared, own] = [seenPerson(), seenPerson()];
  await createRunningCampaign(home, [
    { account: first, people: [shared, own] },
    { account: second, people: [shared] },
  ]);
  expect((await reserveOne(home, first, noon)).person.telegramId).toBe(own.telegramId);
  expect((await reserveOne(home, second, noon)).person.telegramId).toBe(shared.telegramId);
});

describe('an attempt whose outcome is unknown', () => {
  const lose = async () => {
    const lane = await oneLane(2);
    const { attemptId } = await reserveOne(lane.home, lane.held, noon);
    await db.owner.execute(sql`update attempt set deadline_at = clock_timestamp() where id = ${attemptId}`);
    const { attempts } = await markUnknown(lane.home.worker, lane.held);
    expect(attempts).toMatchObject([{ attemptId, person: { kind: 'full' }, chat: { kind: 'supergroup' } }]);
    return { ...lane, attemptId };
  };
  const look = (lane: Awaited<ReturnType<typeof lose>>, found: 'member' | 'never' | 'left' | 'kicked') =>
    settleUnknown(lane.home.worker, {
      attemptId: lane.attemptId,
      accountId: lane.held.accountId,
      leaseToken: lane.held.leaseToken,
      roll: 0,
      hashPerson,
      membership: found,
    });

  test('keeps its place in the limits and takes no late result', async () => {
    const lane = await lose();
    expect(await reserve(lane.home, lane.held, later(noon, 86_400_000))).toMatchObject({
      because: 'under_way',
    });
    await expect(
      settle(lane.home, lane.held, lane.attemptId, { kind: 'joined' }, noon),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await targetsOf(lane.campaignId))[0]).toMatchObject({
      status: 'attempting',
      reason: 'outcome_unknown',
    });
  });

  test.each([
    ['member', 'joined', 'joined'],
    ['never', 'returned', 'pending'],
    ['left', 'refused', 'refused'],
    ['kicked', 'refused', 'refused'],
  ] as const)('is settled by a membership of %s', async (membership, attemptStatus, targetStatus) => {
    const lane = await lose();
    await look(lane, membership);
    const [row] = await db.owner.select().from(attempt).where(eq(attempt.id, lane.attemptId));
    expect(row).toMatchObject({ status: attemptStatus, countedAt: noon });
    expect((await targetsOf(lane.campaignId))[0]?.status).toBe(targetStatus);
  });

  test('stays unknown when the look fails, and is looked at again later', async () => {
    const lane = await lose();
    await settleUnknown(lane.home.worker, {
      attemptId: lane.attemptId,
      accountId: lane.held.accountId,
      leaseToken: lane.held.leaseToken,
      roll: 0,
      hashPerson,
      failure: { kind: 'timeout', error: 'timeout' },
    });
    const { attempts } = await markUnknown(lane.home.worker, lane.held);
    expect(attempts).toEqual([]);
    const [row] = await db.owner.select().from(attempt).where(eq(attempt.id, lane.attemptId));
    expect(row).toMatchObject({ status: 'unknown', countedAt: null });
  });
});
