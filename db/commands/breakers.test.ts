import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BreakerKind } from '#core/breakers/breaker.ts';
import { DAY_MS, HOUR_MS, later } from '#core/duration.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { audit, breaker, campaign } from '../schema/index.ts';
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
import { createTestDb, policySigner, type TestDb } from '../testing/test-db.ts';
import { pauseCampaign } from './pause-campaign.ts';
import { publishPolicy } from './publish-policy.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { resumeCampaign } from './resume-campaign.ts';
import { reviewJoin } from './review-join.ts';
import { settleAttempt } from './settle-attempt.ts';
import { settleUnknown } from './settle-unknown.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const people = (n: number) => Array.from({ length: n }, () => seenPerson());
const rpc = (error: string): InviteOutcome => ({ kind: 'failed', failure: { kind: 'rpc', error } });
const joined: InviteOutcome = { kind: 'joined' };

/** An attempt of the account at a moment, settled with the outcome. Answers its id. */
const call = async (home: Home, held: HeldAccount, now: Date, outcome: InviteOutcome): Promise<string> => {
  const { accountId, leaseToken } = held;
  const here = home.at(now).worker;
  const reserved = await reserveAttempt(here, { ...held, roll: 0, callDeadlineMs: 60_000, hashPerson });
  if (reserved.kind !== 'attempt') throw new Error(`expected an attempt, got ${JSON.stringify(reserved)}`);
  const { attemptId } = reserved;
  await settleAttempt(here, { attemptId, accountId, leaseToken, roll: 0, hashPerson, outcome });
  return attemptId;
};
/** Calls of several new accounts in turn, so that no limit of one is met. */
const calls = async (
  home: Home,
  lanes: readonly HeldAccount[],
  now: Date,
  outcomes: readonly InviteOutcome[],
) => {
  for (const [index, outcome] of outcomes.entries()) {
    const round = Math.floor(index / lanes.length);
    await call(home, lanes[index % lanes.length]!, later(now, round * HOUR_MS), outcome);
  }
};
const team = async (home: Home, size: number): Promise<HeldAccount[]> => {
  const lanes: HeldAccount[] = [];
  for (let n = 0; n < size; n += 1) lanes.push(await createAccount(home));
  return lanes;
};
const stateOf = async (campaignId: string) => {
  const [row] = await db.owner.select().from(campaign).where(eq(campaign.id, campaignId));
  return { status: row?.status, because: row?.statusBecause };
};
const opened = async (home: Home) =>
  db.owner.select().from(breaker).where(eq(breaker.workspaceId, home.workspaceId)).orderBy(breaker.openedAt);
const stopped = (kind: BreakerKind) => ({ status: 'paused', because: `breaker_${kind}` });

describe('spam warnings', () => {
  test('of two accounts in one community within a day stop every campaign into it, and no other', async () => {
    const home = await createHome(db);
    const lanes = await team(home, 3);
    const communityId = await createCommunity(home, lanes);
    const [one, two, elsewhere] = [
      await createRunningCampaign(
        home,
        lanes.map((account) => ({ account, people: people(3) })),
        communityId,
      ),
      await createRunningCampaign(home, [{ account: lanes[2]!, people: people(2) }], communityId),
      await createRunningCampaign(home, [{ account: lanes[2]!, people: people(2) }]),
    ];
    await call(home, lanes[0]!, noon, rpc('PEER_FLOOD'));
    expect(await stateOf(one.campaignId)).toEqual({ status: 'running', because: null });
    await call(home, lanes[1]!, later(noon, 23 * HOUR_MS), rpc('PEER_FLOOD'));
    expect(await stateOf(one.campaignId)).toEqual(stopped('peer_floods'));
    expect(await stateOf(two.campaignId)).toEqual(stopped('peer_floods'));
    expect((await stateOf(elsewhere.campaignId)).status).toBe('running');
    expect(await opened(home)).toMatchObject([
      { kind: 'peer_floods', campaignId: null, communityId, counted: 2, sample: null, allowed: 1 },
    ]);
  });

  test('more than a day apart stop nothing, and one account counts once', async () => {
    const home = await createHome(db);
    const lanes = await team(home, 2);
    const { campaignId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: people(3) })),
    );
    await call(home, lanes[0]!, noon, rpc('PEER_FLOOD'));
    await call(home, lanes[1]!, later(noon, DAY_MS + HOUR_MS), rpc('PEER_FLOOD'));
    expect((await stateOf(campaignId)).status).toBe('running');
  });

  test('hold a new campaign into the community back until somebody goes on with a reason', async () => {
    const home = await createHome(db);
    const lanes = await team(home, 3);
    const communityId = await createCommunity(home, lanes);
    const { campaignId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: people(2) })),
      communityId,
    );
    const rested = () => [{ account: lanes[2]!, people: people(2) }];
    for (const held of lanes.slice(0, 2)) await call(home, held, noon, rpc('PEER_FLOOD'));
    await expect(createRunningCampaign(home, rested(), communityId)).rejects.toMatchObject({
      code: 'campaign.breaker_open',
    });
    await resumeCampaign(home.owner, { campaignId, reason: 'the audience was replaced' });
    await createRunningCampaign(home, rested(), communityId);
  });
});

describe('privacy refusals', () => {
  test('of more than the allowed share of the last people stop the campaign', async () => {
    const home = await createHome(db);
    await publishPolicy(home.owner, {
      changes: { breakerSampleSize: 10, breakerPrivacyPercent: 50 },
      basedOn: 0,
      reason: 'a small crowd',
      signer: policySigner,
    });
    const lanes = await team(home, 4);
    const { campaignId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: people(4) })),
    );
    const refusal = rpc('USER_PRIVACY_RESTRICTED');
    await calls(home, lanes, noon, [refusal, joined, refusal, refusal, joined, refusal, joined, refusal]);
    expect((await stateOf(campaignId)).status).toBe('running');
    await call(home, lanes[0]!, later(noon, 2 * HOUR_MS), { kind: 'missing', why: 'privacy' });
    expect(await stateOf(campaignId)).toEqual(stopped('privacy_refusals'));
    expect(await opened(home)).toMatchObject([{ campaignId, counted: 6, sample: 10, allowed: 5 }]);
  });
});

describe('departures', () => {
  test('within a day stop the campaign, and whoever left is not asked again', async () => {
    const home = await createHome(db);
    const lanes = await team(home, 4);
    const { campaignId, communityId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: people(2) })),
    );
    const attemptIds: string[] = [];
    for (const held of lanes) attemptIds.push(await call(home, held, noon, joined));
    const tomorrow = home.at(later(noon, DAY_MS)).worker;
    const seen = ['left', 'member', 'kicked', 'never'] as const;
    for (const [index, membership] of seen.entries()) {
      expect((await stateOf(campaignId)).status).toBe('running');
      const attemptId = attemptIds[index]!;
      await reviewJoin(tomorrow, { ...lanes[index]!, attemptId, membership, hashPerson });
    }
    expect(await stateOf(campaignId)).toEqual(stopped('departures'));
    expect(await opened(home)).toMatchObject([{ campaignId, counted: 3, sample: 50, allowed: 2 }]);
    const [row] = await db.owner.execute<{ n: number }>(
      sql`select count(*)::int as n from suppression where community_id = ${communityId}`,
    );
    expect(row?.n).toBe(3);
  });

  test('seen long after the day are not counted, and nothing is looked at twice', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await createRunningCampaign(home, [{ account: held, people: people(2) }]);
    const attemptId = await call(home, held, noon, joined);
    const late = home.at(later(noon, 2 * DAY_MS)).worker;
    await reviewJoin(late, { ...held, attemptId, membership: 'left', hashPerson });
    const [row] = await db.owner.execute(
      sql`select departure, review_at from attempt where id = ${attemptId}`,
    );
    expect(row).toEqual({ departure: null, review_at: null });
    await reviewJoin(late, { ...held, attemptId, membership: 'left', hashPerson });
  });

  test('are looked for again after a lost answer, and cool the account after a wait', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    await createRunningCampaign(home, [{ account: held, people: people(2) }]);
    const attemptId = await call(home, held, noon, joined);
    const tomorrow = home.at(later(noon, DAY_MS)).worker;
    const look = (failure: { kind: 'rpc' | 'timeout'; error: string; argument?: number }) =>
      reviewJoin(tomorrow, { ...held, attemptId, failure, hashPerson });
    expect(await look({ kind: 'timeout', error: 'TIMEOUT' })).toEqual({ again: true });
    expect(await look({ kind: 'rpc', error: 'FLOOD_WAIT', argument: 30 })).toEqual({ again: true });
    const [row] = await db.owner.execute(sql`select status from account where id = ${held.accountId}`);
    expect(row).toEqual({ status: 'cooling' });
    expect(await look({ kind: 'rpc', error: 'CHANNEL_PRIVATE' })).toEqual({ again: false });
  });
});

describe('errors nobody knows', () => {
  test('ten times in a row stop the campaign; one known answer between them begins anew', async () => {
    const home = await createHome(db);
    const lanes = await team(home, 11);
    const { campaignId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: people(3) })),
    );
    const unknown = rpc('NEVER_SEEN_BEFORE');
    const lost = async (held: HeldAccount, now: Date) => {
      const attemptId = await call(home, held, now, unknown);
      await settleUnknown(home.at(now).worker, {
        ...held,
        attemptId,
        roll: 0,
        hashPerson,
        membership: 'never',
      });
    };
    for (const held of lanes.slice(0, 9)) await lost(held, noon);
    await call(home, lanes[9]!, later(noon, 1), joined);
    await lost(lanes[10]!, later(noon, 2));
    expect((await stateOf(campaignId)).status).toBe('running');
    for (const [n, held] of lanes.slice(0, 9).entries()) {
      expect((await stateOf(campaignId)).status).toBe('running');
      await lost(held, later(noon, HOUR_MS + n));
    }
    expect(await stateOf(campaignId)).toEqual(stopped('unknown_errors'));
  });
});

describe('a stopped campaign', () => {
  const stop = async () => {
    const home = await createHome(db);
    const lanes = await team(home, 4);
    const { campaignId } = await createRunningCampaign(
      home,
      lanes.map((account) => ({ account, people: people(3) })),
    );
    for (const held of lanes.slice(0, 2)) await call(home, held, noon, rpc('PEER_FLOOD'));
    return { home, lanes, campaignId };
  };

  test('is resumed only with a reason, which stands in the audit log', async () => {
    const { home, campaignId } = await stop();
    for (const reason of [undefined, '', '  ']) {
      await expect(resumeCampaign(home.owner, { campaignId, reason })).rejects.toMatchObject({
        code: 'campaign.breaker_open',
      });
    }
    expect(await stateOf(campaignId)).toEqual(stopped('peer_floods'));
    await resumeCampaign(home.owner, { campaignId, reason: 'wrong audience, replaced' });
    expect((await stateOf(campaignId)).status).toBe('running');
    expect(await opened(home)).toMatchObject([
      { closedAt: noon, closeReason: 'wrong audience, replaced', closedBy: home.owner.actor },
    ]);
    const entries = await db.owner.select().from(audit).where(eq(audit.workspaceId, home.workspaceId));
    expect(entries.find(({ action }) => action === 'breaker.closed')?.after).toMatchObject({
      reason: 'wrong audience, replaced',
    });
  });

  test('does not stop again for what a person has seen already, but for what comes after', async () => {
    const { home, lanes, campaignId } = await stop();
    const now = later(noon, HOUR_MS);
    await resumeCampaign(home.at(now).owner, { campaignId, reason: 'replaced' });
    await call(home, lanes[2]!, later(now, 1), rpc('PEER_FLOOD'));
    expect((await stateOf(campaignId)).status).toBe('running');
    await call(home, lanes[3]!, later(now, 2), rpc('PEER_FLOOD'));
    expect(await stateOf(campaignId)).toEqual(stopped('peer_floods'));
    expect(await opened(home)).toHaveLength(2);
  });

  test('needs no reason when a person had paused it before', async () => {
    const home = await createHome(db);
    const held = await createAccount(home);
    const { campaignId } = await createRunningCampaign(home, [{ account: held, people: people(2) }]);
    await pauseCampaign(home.owner, { campaignId });
    await resumeCampaign(home.owner, { campaignId });
    expect((await stateOf(campaignId)).status).toBe('running');
  });
});
