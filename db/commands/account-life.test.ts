import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { later } from '#core/duration.ts';
import type { UsherEvent } from '#core/events.ts';
import { findSealedSession } from '../queries/find-sealed-session.ts';
import { getCampaign } from '../queries/get-campaign.ts';
import { listAccounts } from '../queries/list-accounts.ts';
import { listAuthorizations } from '../queries/list-authorizations.ts';
import { account, lease } from '../schema/accounts.ts';
import { outbox } from '../schema/events.ts';
import { peerRef } from '../schema/people.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  refreshed,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { connectAccount } from './connect-account.ts';
import { disableAccount } from './disable-account.ts';
import { enableAccount } from './enable-account.ts';
import { failAccount } from './fail-account.ts';
import { recordLogOut } from './record-log-out.ts';
import { recordRefresh } from './record-refresh.ts';
import { removeAccount } from './remove-account.ts';
import { requestAuthorizationEnd } from './request-authorization-end.ts';
import { requestLogOut } from './request-log-out.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const rowOf = async ({ accountId }: HeldAccount) =>
  (await db.owner.select().from(account).where(eq(account.id, accountId)))[0]!;
const eventsOf = async ({ workspaceId }: Home, kind: UsherEvent['kind']) =>
  (await db.owner.select().from(outbox).where(eq(outbox.workspaceId, workspaceId))).filter(
    (row) => row.kind === kind,
  );
const call = { roll: 0, callDeadlineMs: 60_000, hashPerson };
const open = async (home: Home, held: HeldAccount) => {
  const reserved = await reserveAttempt(home.worker, { ...held, ...call });
  if (reserved.kind !== 'attempt') throw new Error(`expected an attempt, got ${reserved.kind}`);
  return { ...held, attemptId: reserved.attemptId, roll: 0, hashPerson };
};
const campaignOf = async (home: Home, campaignId: string) => getCampaign(home.owner, { campaignId });

describe('disabling', () => {
  it('stops the account’s work, pauses a campaign that has nobody else, and keeps the session', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    const { campaignId } = await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
    await disableAccount(home.owner, held);
    expect(await rowOf(held)).toMatchObject({ status: 'disabled', nextSlotAt: null });
    expect(await findSealedSession(home.worker, held.accountId)).toBeDefined();
    expect(await campaignOf(home, campaignId)).toMatchObject({ status: 'paused' });
    expect((await reserveAttempt(home.worker, { ...held, ...call })).kind).not.toBe('attempt');
    expect(await eventsOf(home, 'account.disabled')).toHaveLength(1);
    await enableAccount(home.owner, held);
    expect(await rowOf(held)).toMatchObject({ status: 'active', nextSlotBecause: null });
  });

  it('keeps a wait that Telegram asked for, also one that was asked for meanwhile', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await disableAccount(home.owner, held);
    const flood = { kind: 'rpc', error: 'FLOOD_WAIT', argument: 3600 } as const;
    await failAccount(home.worker, { accountId: held.accountId, failure: flood });
    expect((await rowOf(held)).status).toBe('disabled');
    await enableAccount(home.owner, held);
    expect(await rowOf(held)).toMatchObject({ status: 'cooling', recoversAt: later(noon, 3_660_000) });
  });

  it('waits for the answer of a call that is under way', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
    const attempt = await open(home, held);
    await expect(disableAccount(home.owner, held)).rejects.toMatchObject({ code: 'account.busy' });
    await expect(removeAccount(home.owner, held)).rejects.toMatchObject({ code: 'account.busy' });
    await settleAttempt(home.worker, { ...attempt, outcome: { kind: 'joined' } });
    await disableAccount(home.owner, held);
    expect((await rowOf(held)).status).toBe('disabled');
  });

  it('ends an attempt visibly whose answer was lost before', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
    const { attemptId } = await open(home, held);
    await db.owner.execute(sql`update attempt set deadline_at = clock_timestamp() where id = ${attemptId}`);
    await disableAccount(home.owner, held);
    const [attempt] = await db.owner.execute(sql`select status, reason from attempt where id = ${attemptId}`);
    expect(attempt).toEqual({ status: 'refused', reason: 'outcome_unknown' });
  });

  it('is refused to whom may only run campaigns, and outside the workspace', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    const operator = { ...home.owner, actor: { ...home.owner.actor, role: 'operator' } } as typeof home.owner;
    await expect(disableAccount(operator, held)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await createHome(db);
    for (const command of [disableAccount, enableAccount, removeAccount, requestLogOut]) {
      await expect(command(stranger.owner, held)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('removing', () => {
  it('takes session, references and lease, keeps the history, and moves the campaigns', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    const { campaignId } = await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
    const attempt = await open(home, held);
    await settleAttempt(home.worker, { ...attempt, outcome: { kind: 'joined' } });
    const [before] = await db.owner.select().from(lease).where(eq(lease.accountId, held.accountId));
    await removeAccount(home.owner, held);
    expect(await listAccounts(home.owner)).toEqual([]);
    for (const command of [removeAccount, disableAccount, enableAccount, requestLogOut]) {
      await expect(command(home.owner, held)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await findSealedSession(home.worker, held.accountId)).toBeUndefined();
    expect(await db.owner.select().from(peerRef).where(eq(peerRef.accountId, held.accountId))).toEqual([]);
    const [after] = await db.owner.select().from(lease).where(eq(lease.accountId, held.accountId));
    expect(after).toMatchObject({ nodeId: null, token: before!.token + 1 });
    expect((await campaignOf(home, campaignId)).status).not.toBe('running');
    expect(await eventsOf(home, 'account.removed')).toHaveLength(1);
    expect(await eventsOf(home, 'account.signed_out')).toEqual([]);
    const [kept] = await db.owner.execute(
      sql`select count(*)::int as n from attempt where account_id = ${held.accountId}`,
    );
    expect(kept).toEqual({ n: 1 });
  });

  it('is undone by a new sign-in, which finds its limits as they were', async () => {
    const home = await createHome(db);
    const held = await createAccount(home, { telegramId: '9100001' });
    const connectedAt = (await rowOf(held)).connectedAt;
    await removeAccount(home.owner, held);
    const again = await connectAccount(home.at(later(noon, 1000)).owner, {
      profile: { telegramId: '9100001', firstName: 'Anna', isPremium: false },
      seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
    });
    expect(again).toEqual({ accountId: held.accountId, isNew: false });
    expect(await rowOf(held)).toMatchObject({ status: 'active', removedAt: null, connectedAt });
  });
});

describe('logging out', () => {
  it('is wanted once and done by the worker that holds the account', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await requestLogOut(home.owner, held);
    expect((await rowOf(held)).status).toBe('active');
    const stale = { ...held, leaseToken: held.leaseToken - 1 };
    await expect(recordLogOut(home.worker, stale)).rejects.toMatchObject({ code: 'conflict' });
    await recordLogOut(home.worker, held);
    expect(await rowOf(held)).toMatchObject({
      status: 'signed_out',
      statusError: 'LOGGED_OUT',
      logOutAt: null,
    });
    expect(await findSealedSession(home.worker, held.accountId)).toBeUndefined();
    await expect(requestLogOut(home.owner, held)).rejects.toMatchObject({ code: 'account.not_signed_in' });
  });
});

describe('a wish to log out', () => {
  it('of a blocked account keeps a wait that Telegram asks for meanwhile', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    const fail = (error: string, argument = 0) =>
      failAccount(home.worker, { accountId: held.accountId, failure: { kind: 'rpc', error, argument } });
    await fail('PEER_FLOOD');
    await requestLogOut(home.owner, held);
    await fail('FLOOD_WAIT', 60);
    expect(await rowOf(held)).toMatchObject({ status: 'blocked', logOutAt: later(noon, 120_000) });
  });
});

describe('the sessions of an account', () => {
  it('are kept as Telegram lists them, and only a new one is told', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await recordRefresh(home.worker, { ...held, ...refreshed({ createdAt: later(noon, -60_000) }) });
    expect(await eventsOf(home, 'account.new_login')).toEqual([]);
    const seen = refreshed({ hash: '8', createdAt: later(noon, 60_000), device: 'Other phone' });
    await recordRefresh(home.worker, { ...held, ...seen });
    await recordRefresh(home.worker, { ...held, ...seen });
    const told = await eventsOf(home, 'account.new_login');
    expect(told.map(({ payload }) => payload)).toMatchObject([{ hash: '8', device: 'Other phone' }]);
    const { authorizations } = await listAuthorizations(home.owner, held);
    expect(authorizations.map(({ hash }) => hash)).toEqual(['0', '8']);
    expect(await rowOf(held)).toMatchObject({ firstName: 'Anna', isPremium: true, hasPhoto: true });
  });

  it('are ended at a person’s wish, which stays with its reason when Telegram says no', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await recordRefresh(home.worker, { ...held, ...refreshed() });
    await expect(requestAuthorizationEnd(home.owner, { ...held, hash: '0' })).rejects.toMatchObject({
      code: 'account.authorization_own',
    });
    await expect(requestAuthorizationEnd(home.owner, { ...held, hash: '5' })).rejects.toMatchObject({
      code: 'account.authorization_unknown',
    });
    await requestAuthorizationEnd(home.owner, { ...held, hash: '7' });
    const unended = [{ hash: '7', error: 'FRESH_RESET_AUTHORISATION_FORBIDDEN' }];
    await recordRefresh(home.worker, { ...held, ...refreshed(), unended });
    const { authorizations } = await listAuthorizations(home.owner, held);
    expect(authorizations[1]).toMatchObject({ endAt: null, endError: unended[0]!.error });
  });
});
