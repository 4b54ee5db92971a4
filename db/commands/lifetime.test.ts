import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaign, target } from '../schema/index.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { resumeCampaign } from './resume-campaign.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const reserve = (home: Home, held: HeldAccount) =>
  reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
const targetsOf = (campaignId: string) =>
  db.owner
    .select({ status: target.status, reason: target.reason })
    .from(target)
    .where(eq(target.campaignId, campaignId))
    .orderBy(target.position);
const campaignOf = async (campaignId: string) =>
  (await db.owner.select().from(campaign).where(eq(campaign.id, campaignId)))[0]!;

/** So many invites that the account made into the campaign's community long ago. */
const invitedLongAgo = (held: HeldAccount, campaignId: string, calls: number) =>
  db.owner.execute(sql`
    insert into attempt (workspace_id, campaign_id, target_id, person_id, account_id, community_id, lease_token, status,
      started_at, deadline_at, counted_at)
    select t.workspace_id, c.id, t.id, t.person_id, ${held.accountId}, c.community_id, 1, 'returned',
      '2025-03-01', '2025-03-01', '2025-03-01'
    from campaign c
    join lateral (select * from target where campaign_id = c.id order by position limit 1) as t on true
    cross join generate_series(1, ${calls})
    where c.id = ${campaignId}`);

test('the last invite of a lifetime pauses a campaign that nobody else works for, and says why', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [
    { account: held, people: [seenPerson(), seenPerson()] },
  ]);
  await invitedLongAgo(held, campaignId, 199);
  const reservation = await reserve(home, held);
  if (reservation.kind !== 'attempt') throw new Error(`got ${reservation.kind}`);
  await settleAttempt(home.worker, {
    attemptId: reservation.attemptId,
    accountId: held.accountId,
    leaseToken: held.leaseToken,
    outcome: { kind: 'joined' },
    roll: 0,
    hashPerson,
  });
  const paused = { status: 'paused', statusBecause: 'lifetime_used_up' };
  expect(await campaignOf(campaignId)).toMatchObject(paused);
  expect(await targetsOf(campaignId)).toMatchObject([{ status: 'joined' }, { status: 'pending' }]);

  await resumeCampaign(home.owner, { campaignId });
  expect(await reserve(home, held)).toMatchObject({ kind: 'wait' });
  expect(await campaignOf(campaignId)).toMatchObject(paused);
});

test('the next account goes on where the lifetime of the first is used up', async () => {
  const home = await createHome(db);
  const first = await createAccount(home);
  const second = await createAccount(home);
  const shared = seenPerson();
  const { campaignId } = await createRunningCampaign(home, [
    { account: first, people: [shared, seenPerson()] },
    { account: second, people: [shared] },
  ]);
  await invitedLongAgo(first, campaignId, 200);
  expect(await reserve(home, first)).toMatchObject({ kind: 'wait' });
  expect(await campaignOf(campaignId)).toMatchObject({ status: 'running' });
  const taken = await reserve(home, second);
  expect(taken).toMatchObject({ kind: 'attempt', person: { telegramId: shared.telegramId } });

  const { attemptId } = taken as { attemptId: string };
  const { accountId, leaseToken } = second;
  const settled = { attemptId, accountId, leaseToken, outcome: { kind: 'joined' } as const };
  await settleAttempt(home.worker, { ...settled, roll: 0, hashPerson });
  await reserve(home, second);
  expect(await targetsOf(campaignId)).toEqual([
    { status: 'joined', reason: null },
    { status: 'unreachable', reason: 'unreachable' },
  ]);
  expect(await campaignOf(campaignId)).toMatchObject({ status: 'finished' });
});
