import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '#core/duration.ts';
import { defaultPolicy } from '#core/pacing/policy.ts';
import { writePolicy } from '#core/pacing/policy-document.ts';
import { createDb } from '../connect.ts';
import { type CommandContext, inWorkspace } from '../context.ts';
import { policyInForce } from '../policies.ts';
import { createPolicySigner } from '../policy-signature.ts';
import { listPolicies } from '../queries/list-policies.ts';
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
import { createTestDb, policySigner, type TestDb } from '../testing/test-db.ts';
import { publishPolicy } from './publish-policy.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const wish = { basedOn: 0, reason: 'gentler', signer: policySigner };
const inForce = (ctx: CommandContext) => inWorkspace(ctx.db, ctx.workspaceId, (tx) => policyInForce(tx, ctx));
const eventsOf = async (home: Home, kind: string) =>
  db.owner.execute<{ payload: unknown }>(
    sql`select payload from outbox where workspace_id = ${home.workspaceId} and kind = ${kind}`,
  );
/** Writes a version as somebody would who can reach the table and has no key. */
const plant = async (home: Home, version: number, document: string, signature: Buffer) => {
  await db.owner.execute(sql`
    insert into limit_policy (workspace_id, version, document, signature, key_id, reason, actor, published_at)
    values (${home.workspaceId}, ${version}, ${document}, ${signature}, ${policySigner.keyId}, 'planted', '{}',
      ${noon.toISOString()})`);
};
const call = async (home: Home, held: HeldAccount, now: Date) => {
  const reserved = await reserveAttempt(home.at(now).worker, {
    ...held,
    roll: 0,
    callDeadlineMs: 60_000,
    hashPerson,
  });
  if (reserved.kind !== 'attempt') return reserved;
  await settleAttempt(home.at(now).worker, {
    ...reserved,
    accountId: held.accountId,
    leaseToken: held.leaseToken,
    roll: 0,
    hashPerson,
    outcome: { kind: 'joined' },
  });
  return reserved;
};

test('the ceilings are in force until something is published', async () => {
  const home = await createHome(db);
  expect(await inForce(home.worker)).toEqual(defaultPolicy);
});

test('a published limit holds from the next attempt on, and keeps what it does not name', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await createRunningCampaign(home, [
    { account: held, people: Array.from({ length: 3 }, () => seenPerson()) },
  ]);
  expect((await call(home, held, noon)).kind).toBe('attempt');
  const published = await publishPolicy(home.owner, { ...wish, changes: { invitesPerAccountHour: 1 } });
  expect(published).toEqual({
    version: 1,
    changes: [{ field: 'invitesPerAccountHour', before: 2, after: 1 }],
  });
  expect(await inForce(home.worker)).toEqual({ ...defaultPolicy, invitesPerAccountHour: 1 });
  expect(await call(home, held, later(noon, 0.5 * HOUR_MS))).toMatchObject({ kind: 'wait', because: 'hour' });
  expect(await eventsOf(home, 'policy.published')).toMatchObject([{ payload: { version: 1 } }]);
});

test('a lane that waited for an old limit looks again when it is eased', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await createRunningCampaign(home, [
    { account: held, people: Array.from({ length: 3 }, () => seenPerson()) },
  ]);
  await publishPolicy(home.owner, { ...wish, changes: { invitesPerAccountDay: 1 } });
  await call(home, held, noon);
  const evening = home.at(later(noon, 5 * HOUR_MS));
  await publishPolicy(evening.owner, { ...wish, basedOn: 1, changes: { invitesPerAccountDay: 5 } });
  const [row] = await db.owner.execute<{ at: string }>(
    sql`select next_slot_at as at from account where id = ${held.accountId}`,
  );
  expect(new Date(row?.at ?? 0)).toEqual(evening.owner.now);
  expect((await call(home, held, evening.owner.now)).kind).toBe('attempt');
});

test('a limit above its ceiling is refused with field, value and bound, and the old policy stays', async () => {
  const home = await createHome(db);
  await expect(
    publishPolicy(home.owner, { ...wish, changes: { invitesPerAccountDay: 31 } }),
  ).rejects.toMatchObject({
    code: 'policy.above_ceiling',
    facts: { field: 'invitesPerAccountDay', value: 31, bound: 30 },
  });
  await expect(publishPolicy(home.owner, { ...wish, changes: {} })).rejects.toMatchObject({
    code: 'policy.nothing_changed',
  });
  await expect(
    publishPolicy(home.owner, { ...wish, reason: ' ', changes: { rampFirstDay: 1 } }),
  ).rejects.toMatchObject({ code: 'policy.reason_missing' });
  expect(await listPolicies(home.owner)).toEqual([]);
});

test('only an admin publishes', async () => {
  const { owner, operatorId } = await createHome(db);
  const operator = { ...owner, actor: { kind: 'operator', operatorId, role: 'operator' } } as const;
  await expect(publishPolicy(operator, { ...wish, changes: { rampFirstDay: 1 } })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('of two who publish at once one succeeds, and the other is told', async () => {
  const home = await createHome(db);
  const answers = await Promise.allSettled(
    [1, 2, 3, 4].map((rampFirstDay) => publishPolicy(home.owner, { ...wish, changes: { rampFirstDay } })),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === 'rejected') {
      expect(['policy.being_published', 'policy.outdated']).toContain(answer.reason.code);
    }
  }
  expect(await listPolicies(home.owner)).toHaveLength(1);
});

test('nobody publishes while somebody else is at it', async () => {
  const home = await createHome(db);
  await db.app.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7261, hashtext(${home.workspaceId}))`);
    await expect(publishPolicy(home.owner, { ...wish, changes: { rampFirstDay: 1 } })).rejects.toMatchObject({
      code: 'policy.being_published',
    });
  });
});

test('every forged version is passed over for the last good one, and told once', async () => {
  const home = await createHome(db);
  await publishPolicy(home.owner, { ...wish, changes: { invitesPerAccountDay: 7 } });
  const loose = writePolicy({ ...defaultPolicy, invitesPerAccountDay: 30 });
  const { workspaceId } = home;
  const stranger = createPolicySigner(Buffer.alloc(32, 6));
  const aboveCeiling = JSON.stringify({ ...defaultPolicy, invitesPerAccountDay: 300 });
  const forgeries: [string, Buffer][] = [
    [loose, Buffer.alloc(64)],
    [loose, Buffer.alloc(0)],
    [loose, stranger.sign({ workspaceId, version: 4, document: loose })],
    [loose, policySigner.sign({ workspaceId, version: 1, document: loose })],
    [loose, policySigner.sign({ workspaceId: home.operatorId, version: 6, document: loose })],
    [aboveCeiling, policySigner.sign({ workspaceId, version: 7, document: aboveCeiling })],
  ];
  for (const [index, [document, signature]] of forgeries.entries()) {
    await plant(home, index + 2, document, signature);
    for (const _ of [1, 2]) expect((await inForce(home.worker)).invitesPerAccountDay).toBe(7);
    expect(await eventsOf(home, 'policy.rejected')).toHaveLength(index + 1);
  }
  expect((await listPolicies(home.owner)).map(({ rejectedAt }) => rejectedAt !== null)).toEqual([
    ...forgeries.map(() => true),
    false,
  ]);
});

test('a rejection that was rolled back is told by the next who looks', async () => {
  const home = await createHome(db);
  await plant(home, 1, writePolicy(defaultPolicy), Buffer.alloc(64));
  const failed = inWorkspace(db.worker, home.workspaceId, async (tx) => {
    await policyInForce(tx, home.worker);
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  expect(await eventsOf(home, 'policy.rejected')).toHaveLength(0);
  await inForce(home.worker);
  expect(await eventsOf(home, 'policy.rejected')).toHaveLength(1);
});

test('a worker without the key keeps the ceilings, one with it keeps the policy', async () => {
  const home = await createHome(db);
  await publishPolicy(home.owner, { ...wish, changes: { invitesPerAccountDay: 7 } });
  const keyless = createDb(db.url, { role: 'usher_worker', max: 1 });
  try {
    expect(await inForce({ ...home.worker, db: keyless.db })).toEqual(defaultPolicy);
    expect((await inForce(home.worker)).invitesPerAccountDay).toBe(7);
  } finally {
    await keyless.close();
  }
});

test('a version that could not be verified is replaced by publishing the same limits again', async () => {
  const home = await createHome(db);
  await plant(home, 1, writePolicy(defaultPolicy), Buffer.alloc(64));
  await inForce(home.worker);
  const again = await publishPolicy(home.at(later(noon, DAY_MS)).owner, { ...wish, basedOn: 1, changes: {} });
  expect(again).toEqual({ version: 2, changes: [] });
});
