import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '#core/duration.ts';
import type { InviteOutcome } from '#core/telegram/user-session.ts';
import { attempt, target } from '../schema/campaigns.ts';
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
import { recoverAccounts } from './recover-accounts.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const people = (n: number) => Array.from({ length: n }, () => seenPerson());
const reserve = (home: Home, held: HeldAccount, now: Date) =>
  reserveAttempt(home.at(now).worker, { ...held, roll: 0, callDeadlineMs: 60_000, hashPerson });

test('two workers reserving for one account at once get one attempt', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await createRunningCampaign(home, [{ account: held, people: people(5) }]);
  const answers = await Promise.all(Array.from({ length: 6 }, () => reserve(home, held, noon)));
  expect(answers.filter((answer) => answer.kind === 'attempt')).toHaveLength(1);
});

test('accounts of two campaigns into one community never take the same person', async () => {
  const home = await createHome(db);
  const accounts = [await createAccount(home), await createAccount(home), await createAccount(home)];
  const shared = people(3);
  const communityId = await createCommunity(home, accounts);
  const lanes = accounts.map((account) => ({ account, people: shared }));
  await createRunningCampaign(home, lanes, communityId);
  await createRunningCampaign(home, lanes, communityId);
  const answers = await Promise.all(accounts.map((held) => reserve(home, held, noon)));
  const ids = answers.map((answer) => answer.kind === 'attempt' && answer.person.telegramId);
  expect(new Set(ids)).toEqual(new Set(shared.map((one) => one.telegramId)));
});

/** What a call may come to, weighed like a bad week. */
const outcome = fc.oneof(
  { weight: 6, arbitrary: fc.constant<InviteOutcome>({ kind: 'joined' }) },
  { weight: 2, arbitrary: fc.constant<InviteOutcome>({ kind: 'missing', why: 'privacy' }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('FLOOD_WAIT', 'USER_ID_INVALID', 'CHAT_MEMBER_ADD_FAILED')
      .map((error): InviteOutcome => ({ kind: 'failed', failure: { kind: 'rpc', error, argument: 90 } })),
  },
);
const step = fc.record({
  advanceMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: HOUR_MS }), fc.constant(10 * HOUR_MS)),
  callMs: fc.integer({ min: 0, max: 5_000 }),
  outcome,
});

/** How many of the calls lie in some window of this length that ends with one of them. */
const most = (moments: readonly number[], windowMs: number): number =>
  Math.max(0, ...moments.map((end) => moments.filter((at) => at <= end && at >= end - windowMs).length));

test('whatever happens, the ledger shows no limit exceeded and nobody twice', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      const home = await createHome(db);
      const accounts = [await createAccount(home), await createAccount(home)];
      const { campaignId } = await createRunningCampaign(
        home,
        accounts.map((account) => ({ account, people: people(12) })),
      );
      let now = noon;
      for (const { advanceMs, callMs, outcome: result } of steps) {
        now = later(now, advanceMs);
        await recoverAccounts(home.at(now).worker);
        const answers = await Promise.all(accounts.map((held) => reserve(home, held, now)));
        now = later(now, callMs);
        await Promise.all(
          answers.map((answer, index) =>
            answer.kind === 'attempt'
              ? settleAttempt(home.at(now).worker, {
                  attemptId: answer.attemptId,
                  accountId: accounts[index]!.accountId,
                  leaseToken: accounts[index]!.leaseToken,
                  outcome: result,
                  roll: 0,
                  hashPerson,
                })
              : undefined,
          ),
        );
      }
      await expectLawful(home, campaignId);
    }),
    { numRuns: 6 },
  );
});

const expectLawful = async (home: Home, campaignId: string): Promise<void> => {
  const calls = await db.owner.select().from(attempt).where(eq(attempt.workspaceId, home.workspaceId));
  for (const accountId of new Set(calls.map((call) => call.accountId))) {
    const own = calls.filter((call) => call.accountId === accountId);
    // The tightest case: the call before arrived as late as it can have, this one as early.
    const spans = own.map((call) => [call.startedAt.getTime(), call.countedAt!.getTime()] as const);
    spans.sort((a, b) => a[0] - b[0]);
    for (const [index, [startedAt]] of spans.entries()) {
      const before = spans[index - 1];
      if (before) expect(startedAt - before[1]).toBeGreaterThanOrEqual(600_000);
    }
    const started = spans.map(([startedAt]) => startedAt);
    expect(most(started, HOUR_MS)).toBeLessThanOrEqual(2);
    expect(most(started, DAY_MS)).toBeLessThanOrEqual(10); // A new account's ramp: 5, then 10 on its second day.
  }
  const reached = calls.filter((call) => call.status !== 'returned').map((call) => call.personId);
  expect(new Set(reached).size).toBe(reached.length);
  const targets = await db.owner.select().from(target).where(eq(target.campaignId, campaignId));
  expect(targets.filter((one) => one.status === 'attempting')).toEqual([]);
  expect(targets.filter((one) => one.status === 'waiting' && !one.notBefore)).toEqual([]);
};
