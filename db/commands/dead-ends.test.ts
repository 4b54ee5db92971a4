import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR_MS, later } from '#core/duration.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { account, attempt, campaign, communityAccess, target } from '../schema/index.ts';
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
import { failAccount } from './fail-account.ts';
import { markUnknown } from './mark-unknown.ts';
import { pauseCampaign } from './pause-campaign.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { resumeCampaign } from './resume-campaign.ts';
import { settleUnknown } from './settle-unknown.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const oneLane = async (people = 1) => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const seen = Array.from({ length: people }, () => seenPerson());
  return { home, held, ...(await createRunningCampaign(home, [{ account: held, people: seen }])) };
};
const reserve = (home: Home, held: HeldAccount, now: Date) =>
  reserveAttempt(home.at(now).worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
const rpc = (error: string, argument?: number): RpcFailure => ({
  kind: 'rpc',
  error,
  ...(argument !== undefined && { argument }),
});

/** An attempt whose answer was lost, past its deadline. */
const lostAttempt = async ({ home, held }: { home: Home; held: HeldAccount }): Promise<string> => {
  const reserved = await reserve(home, held, noon);
  if (reserved.kind !== 'attempt') throw new Error(`expected an attempt, got ${reserved.kind}`);
  await db.owner.execute(
    sql`update attempt set deadline_at = clock_timestamp() where id = ${reserved.attemptId}`,
  );
  await markUnknown(home.at(noon).worker, held);
  return reserved.attemptId;
};
const look = (home: Home, held: HeldAccount, attemptId: string, failure: RpcFailure) =>
  settleUnknown(home.at(noon).worker, { ...held, attemptId, roll: 0, hashPerson, failure });
const rowOf = async (attemptId: string) =>
  (await db.owner.select().from(attempt).where(eq(attempt.id, attemptId)))[0]!;
const targetOf = async (campaignId: string) =>
  (await db.owner.select().from(target).where(eq(target.campaignId, campaignId)))[0]!;
const campaignOf = async (campaignId: string) =>
  (await db.owner.select().from(campaign).where(eq(campaign.id, campaignId)))[0]!;
const accountOf = async ({ accountId }: HeldAccount) =>
  (await db.owner.select().from(account).where(eq(account.id, accountId)))[0]!;

describe('an attempt of unknown outcome', () => {
  test.each(['CHANNEL_PRIVATE', 'PARTICIPANT_ID_INVALID'])(
    'ends visibly when the look answers %s, which no later look will change',
    async (error) => {
      const lane = await oneLane();
      const attemptId = await lostAttempt(lane);
      await look(lane.home, lane.held, attemptId, rpc(error));
      expect(await rowOf(attemptId)).toMatchObject({ status: 'refused', reason: 'outcome_unknown' });
      expect(await campaignOf(lane.campaignId)).toMatchObject({ status: 'finished' });
    },
  );

  test('keeps its place when the look itself was lost', async () => {
    const lane = await oneLane();
    const attemptId = await lostAttempt(lane);
    await look(lane.home, lane.held, attemptId, { kind: 'timeout', error: 'TIMEOUT' });
    expect(await rowOf(attemptId)).toMatchObject({ status: 'unknown', countedAt: null });
  });

  test('ends with the account that alone could have looked, and so does the campaign', async () => {
    const lane = await oneLane();
    const attemptId = await lostAttempt(lane);
    await failAccount(lane.home.at(noon).worker, {
      accountId: lane.held.accountId,
      failure: rpc('USER_DEACTIVATED_BAN'),
    });
    expect(await rowOf(attemptId)).toMatchObject({ status: 'refused', countedAt: noon });
    expect(await targetOf(lane.campaignId)).toMatchObject({ status: 'refused', reason: 'outcome_unknown' });
    expect(await campaignOf(lane.campaignId)).toMatchObject({ status: 'finished' });
  });
});

describe('a wait Telegram asked for', () => {
  const fail = (home: Home, held: HeldAccount, failure: RpcFailure) =>
    failAccount(home.at(noon).worker, { accountId: held.accountId, failure });

  test('is never shortened by a shorter one', async () => {
    const { home, held } = await oneLane();
    await fail(home, held, rpc('PEER_FLOOD'));
    const { recoversAt } = await accountOf(held);
    await fail(home, held, rpc('FLOOD_WAIT', 5));
    expect(await accountOf(held)).toMatchObject({ status: 'blocked', recoversAt });
  });

  test('does not bring back an account that is signed out', async () => {
    const { home, held } = await oneLane();
    await fail(home, held, rpc('AUTH_KEY_UNREGISTERED'));
    await fail(home, held, rpc('FLOOD_WAIT', 5));
    expect(await accountOf(held)).toMatchObject({
      status: 'signed_out',
      statusError: 'AUTH_KEY_UNREGISTERED',
    });
  });

  test('keeps the account from looking at lost attempts', async () => {
    const lane = await oneLane();
    await lostAttempt(lane);
    await fail(lane.home, lane.held, rpc('FLOOD_WAIT', 60));
    expect(await markUnknown(lane.home.at(noon).worker, lane.held)).toEqual({ attempts: [] });
  });
});

describe('a lane', () => {
  test('does not look at once again for a due target that only another lane can reach', async () => {
    const { home, held, campaignId } = await oneLane();
    await db.owner.execute(sql`
      update target set status = 'waiting', not_before = ${noon.toISOString()}::timestamptz - interval '1 hour'
      where campaign_id = ${campaignId}`);
    const other = await createAccount(home);
    await db.owner.execute(
      sql`update peer_ref set account_id = ${other.accountId} where account_id = ${held.accountId}`,
    );
    await db.owner.execute(sql`
      insert into campaign_account (workspace_id, campaign_id, account_id)
      values (${home.workspaceId}, ${campaignId}, ${other.accountId})`);
    const rest = await reserve(home, held, noon);
    expect(rest).toMatchObject({ kind: 'wait', until: later(noon, HOUR_MS) });
  });

  test('of a paused campaign looks again by itself, so that a resume it missed is not lost', async () => {
    const { home, held, campaignId } = await oneLane();
    await pauseCampaign(home.at(noon).owner, { campaignId });
    expect(await reserve(home, held, noon)).toEqual({ kind: 'idle' });
    expect((await accountOf(held)).nextSlotAt).toEqual(later(noon, HOUR_MS));
  });
});

describe('resuming', () => {
  test('is refused when no account of the campaign will ever act by itself', async () => {
    const { home, held, campaignId } = await oneLane();
    await pauseCampaign(home.at(noon).owner, { campaignId });
    await db.owner.update(account).set({ status: 'banned' }).where(eq(account.id, held.accountId));
    await expect(resumeCampaign(home.at(noon).owner, { campaignId })).rejects.toMatchObject({
      code: 'campaign.no_inviting_account',
    });
    expect((await campaignOf(campaignId)).status).toBe('paused');
  });

  test('has the accounts read their rights again', async () => {
    const { home, held, campaignId } = await oneLane();
    await pauseCampaign(home.at(noon).owner, { campaignId });
    await resumeCampaign(home.at(noon).owner, { campaignId });
    const { communityId } = await campaignOf(campaignId);
    const accesses = await db.owner
      .select()
      .from(communityAccess)
      .where(eq(communityAccess.accountId, held.accountId));
    const access = accesses.find((one) => one.communityId === communityId);
    expect(access?.checkAt).toEqual(noon);
  });
});
