import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#core/duration.ts';
import { Secret } from '#core/secret.ts';
import { account, campaign, outbox } from '../schema/index.ts';
import { sealSession } from '../seal.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  sealKey,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { connectAccount } from './connect-account.ts';
import { failAccount } from './fail-account.ts';
import { recordFreeze } from './record-freeze.ts';
import { recoverAccounts } from './recover-accounts.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { resumeAccount } from './resume-account.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const people = (n: number) => Array.from({ length: n }, () => seenPerson());
const fail = (home: Home, held: HeldAccount, now: Date, error: string, argument?: number) =>
  failAccount(home.at(now).worker, {
    accountId: held.accountId,
    failure: { kind: 'rpc', error, ...(argument !== undefined && { argument }) },
  });
const rowOf = async ({ accountId }: HeldAccount) =>
  (await db.owner.select().from(account).where(eq(account.id, accountId)))[0]!;
const eventsOf = async (home: Home) =>
  (
    await db.owner.select().from(outbox).where(eq(outbox.workspaceId, home.workspaceId)).orderBy(outbox.id)
  ).map(({ kind, payload }) => ({ kind, payload }));
const signInAgain = async (home: Home, held: HeldAccount, now: Date) => {
  const { telegramId } = await rowOf(held);
  return connectAccount(home.at(now).owner, {
    profile: { telegramId, firstName: 'Again', isPremium: false },
    seal: (accountId) =>
      sealSession(sealKey, { workspaceId: home.workspaceId, accountId }, new Secret('new')),
  });
};

test('a second spam warning within thirty days blocks for a week, and then waits for a person', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: held, people: people(3) }]);
  await fail(home, held, noon, 'PEER_FLOOD');
  expect(await rowOf(held)).toMatchObject({ status: 'blocked', recoversAt: later(noon, DAY_MS) });
  await recoverAccounts(home.at(later(noon, DAY_MS)).worker);
  expect((await rowOf(held)).status).toBe('active');

  const second = later(noon, 10 * DAY_MS);
  await fail(home, held, second, 'PEER_FLOOD');
  const weekLater = later(second, 7 * DAY_MS);
  expect(await rowOf(held)).toMatchObject({ status: 'blocked', recoversAt: weekLater, wantsPerson: true });
  const [stranded] = await db.owner.select().from(campaign).where(eq(campaign.id, campaignId));
  expect(stranded).toMatchObject({ status: 'paused', statusBecause: 'no_inviting_account' });
  const resume = (now: Date, reason = 'we have spoken with SpamBot') =>
    resumeAccount(home.at(now).owner, { accountId: held.accountId, reason });
  await expect(resume(later(weekLater, -1))).rejects.toMatchObject({ code: 'account.still_blocked' });
  await recoverAccounts(home.at(later(weekLater, DAY_MS)).worker);
  expect((await rowOf(held)).status).toBe('blocked');
  await expect(resume(weekLater, ' ')).rejects.toMatchObject({ code: 'account.reason_missing' });
  await resume(weekLater);
  expect(await rowOf(held)).toMatchObject({ status: 'active', wantsPerson: false, resumedAt: weekLater });
  await expect(resume(weekLater)).rejects.toMatchObject({ code: 'account.not_waiting' });
});

test('half limits hold for a day from the moment a person has resumed the account', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await fail(home, held, noon, 'PEER_FLOOD');
  await fail(home, held, later(noon, 2 * DAY_MS), 'PEER_FLOOD');
  const resumed = later(noon, 30 * DAY_MS);
  await resumeAccount(home.at(resumed).owner, { accountId: held.accountId, reason: 'checked' });
  await createRunningCampaign(home, [{ account: held, people: people(3) }]);
  const invite = async (now: Date) => {
    const here = home.at(now).worker;
    const reserved = await reserveAttempt(here, { ...held, roll: 0, callDeadlineMs: 60_000, hashPerson });
    if (reserved.kind !== 'attempt') return reserved;
    const { attemptId } = reserved;
    const { accountId, leaseToken } = held;
    await settleAttempt(here, {
      attemptId,
      accountId,
      leaseToken,
      roll: 0,
      hashPerson,
      outcome: { kind: 'joined' },
    });
    return reserved;
  };
  expect((await invite(resumed)).kind).toBe('attempt');
  expect(await invite(later(resumed, 20 * MINUTE_MS))).toMatchObject({ kind: 'wait', because: 'probation' });
});

test('a new sign-in does not end a wait that Telegram asked for before', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await fail(home, held, noon, 'FLOOD_WAIT', 7200);
  const until = later(noon, 7260_000);
  await fail(home, held, noon, 'SESSION_REVOKED');
  expect(await rowOf(held)).toMatchObject({ status: 'signed_out', statusError: 'SESSION_REVOKED' });
  await signInAgain(home, held, later(noon, HOUR_MS));
  expect(await rowOf(held)).toMatchObject({
    status: 'cooling',
    statusError: 'FLOOD_WAIT',
    recoversAt: until,
    nextSlotAt: null,
  });
  await recoverAccounts(home.at(until).worker);
  expect(await rowOf(held)).toMatchObject({ status: 'active', recoversAt: null, waitError: null });
});

test('a wait whose answer comes after the session has ended is kept for the next sign-in', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await fail(home, held, noon, 'AUTH_KEY_UNREGISTERED');
  await fail(home, held, noon, 'FLOOD_WAIT', 3600);
  expect((await rowOf(held)).status).toBe('signed_out');
  await signInAgain(home, held, later(noon, MINUTE_MS));
  expect((await rowOf(held)).status).toBe('cooling');
});

test('a frozen account is told with what Telegram says, and is at work again when it is free', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await fail(home, held, noon, 'FROZEN_METHOD_INVALID');
  expect(await rowOf(held)).toMatchObject({ status: 'frozen', freezeCheckAt: noon });
  const freeze = { since: noon, until: later(noon, 7 * DAY_MS), appealUrl: 'https://t.me/SpamBot' };
  await recordFreeze(home.worker, { ...held, freeze });
  expect(await rowOf(held)).toMatchObject({
    freezeSince: noon,
    freezeUntil: freeze.until,
    freezeAppealUrl: freeze.appealUrl,
    freezeCheckAt: later(noon, DAY_MS),
  });
  const tomorrow = home.at(later(noon, DAY_MS)).worker;
  await recordFreeze(tomorrow, { ...held, freeze: undefined });
  expect(await rowOf(held)).toMatchObject({ status: 'active', freezeUntil: null, freezeCheckAt: null });
  expect((await eventsOf(home)).slice(-3)).toMatchObject([
    { kind: 'account.frozen', payload: { until: null } },
    { kind: 'account.frozen', payload: { appealUrl: 'https://t.me/SpamBot' } },
    { kind: 'account.recovered' },
  ]);
});

test('a banned account is told as such, and never comes back', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await fail(home, held, noon, 'USER_DEACTIVATED_BAN');
  await recoverAccounts(home.at(later(noon, 90 * DAY_MS)).worker);
  expect((await rowOf(held)).status).toBe('banned');
  expect((await eventsOf(home)).at(-1)).toMatchObject({
    kind: 'account.banned',
    payload: { error: 'USER_DEACTIVATED_BAN' },
  });
});
