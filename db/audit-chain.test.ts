import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf, sealAudit } from './audit-chain.ts';
import { addMember } from './commands/add-member.ts';
import { removeMember } from './commands/remove-member.ts';
import { acrossWorkspaces, inWorkspace } from './context.ts';
import { type AuditVerdict, verifyAudit } from './queries/verify-audit.ts';
import { createHome, type Home } from './testing/factories.ts';
import { stranger } from './testing/team-scenes.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

// Sealing goes through all workspaces, so every test has a database of its own.
let db: TestDb;
beforeEach(async () => {
  db = await createTestDb();
});
afterEach(() => db.close());

const act = (home: Home) => addMember(home.owner, { ...stranger(), role: 'viewer' });
const actTimes = async (home: Home, times: number): Promise<void> => {
  for (let i = 0; i < times; i += 1) await act(home);
};
const sealAll = async (): Promise<void> => {
  while ((await sealAudit(db.worker)).sealed > 0);
};
const verify = (home: Home, noted?: string) =>
  verifyAudit({ db: db.app, workspaceId: home.workspaceId }, noted);
/** As the owner of the database could who takes the triggers away. */
const tamper = (statement: string) =>
  db.owner.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql.raw(statement));
  });
const errorOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => String(error.cause ?? error),
  );

test('every row gets the next place of its workspace, whoever seals', async () => {
  const [home, other] = [await createHome(db), await createHome(db)];
  await actTimes(home, 3);
  await actTimes(other, 2);
  await Promise.all([sealAudit(db.worker), sealAudit(db.worker), sealAudit(db.worker)]);
  await act(home);
  expect(await verify(home)).toMatchObject({ verified: 4, unsealed: 1, broken: undefined });
  await sealAll();
  expect(await verify(home)).toMatchObject({ verified: 5, unsealed: 0, broken: undefined });
  expect(await verify(other)).toMatchObject({ verified: 3, unsealed: 0, broken: undefined });
});

test('more rows than a batch are sealed in several', async () => {
  const home = await createHome(db);
  await db.owner.execute(sql`
    insert into audit (workspace_id, actor, action, at)
    select ${home.workspaceId}, '{"kind":"system","part":"test"}', 'test.done', now() from generate_series(1, 1300)`);
  expect(await sealAudit(db.worker)).toEqual({ sealed: 500, isFull: true });
  await sealAll();
  expect(await verify(home)).toMatchObject({ verified: 1301, broken: undefined });
});

test('a command never waits for a sealer at work', async () => {
  const home = await createHome(db);
  await acrossWorkspaces(db.worker, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7261002)`);
    await tx.execute(sql`select id from audit where position is null for update`);
    await act(home);
    expect(await sealAudit(db.worker)).toEqual({ sealed: 0, isFull: false });
  });
  expect(await verify(home)).toMatchObject({ unsealed: 2 });
});

describe('the first broken row is named', () => {
  let home: Home;
  beforeEach(async () => {
    home = await createHome(db);
    await actTimes(home, 5);
    await sealAll();
  });

  test.each<[string, string, Partial<NonNullable<AuditVerdict['broken']>>]>([
    [
      'content',
      `update audit set after = '{"role":"owner"}' where position = 3`,
      { kind: 'changed', position: 3 },
    ],
    [
      'its time',
      `update audit set at = at + interval '1 ms' where position = 2`,
      { kind: 'changed', position: 2 },
    ],
    ['a row', `delete from audit where position = 4`, { kind: 'missing', position: 5, expected: 4 }],
    ['the first row', `delete from audit where position = 1`, { kind: 'missing', position: 2, expected: 1 }],
    [
      'the order',
      `update audit set position = 9 where position = 2; update audit set position = 2 where position = 3`,
      { kind: 'unlinked', position: 2 },
    ],
  ])('where somebody changed %s', async (_, statement, broken) => {
    await tamper(statement);
    expect((await verify(home)).broken).toMatchObject(broken);
    expect((await verify(home)).verified).toBe((broken.expected ?? broken.position ?? 0) - 1);
  });

  test('also where a changed row was given a hash that fits it', async () => {
    const [row] = await db.owner.execute<{ id: string; previous: string; content: string }>(sql`
      select id, encode(previous_hash, 'hex') as previous,
        jsonb_build_array(id, workspace_id, actor, 'nothing.done', entity_id, before, after,
          (extract(epoch from at) * 1000)::bigint)::text as content
      from audit where position = 3`);
    const forged = hashOf({ previous: row!.previous, position: 3, content: row!.content });
    await tamper(
      `update audit set action = 'nothing.done', hash = decode('${forged}', 'hex') where position = 3`,
    );
    expect((await verify(home)).broken).toMatchObject({ kind: 'unlinked', position: 4 });
  });

  test('and an end cut off is told by a hash that was noted', async () => {
    const { head } = await verify(home);
    expect(await verify(home, head)).toMatchObject({ holdsNoted: true });
    await act(home);
    await sealAll();
    expect(await verify(home, head)).toMatchObject({ holdsNoted: true });
    await tamper('delete from audit where position > 5');
    expect(await verify(home, head)).toMatchObject({ holdsNoted: false, broken: undefined });
  });
});

test('no role changes what a row says, nor its place once it has one', async () => {
  const home = await createHome(db);
  const { operatorId } = await act(home);
  await removeMember(home.owner, { operatorId });
  await sealAll();
  const update = (set: string) => sql.raw(`update audit set ${set}`);
  expect(
    await errorOf(inWorkspace(db.app, home.workspaceId, (tx) => tx.execute(update('position = 1')))),
  ).toContain('permission denied');
  for (const set of ["action = 'x'", 'at = now()', "actor = '{}'"]) {
    expect(await errorOf(acrossWorkspaces(db.worker, (tx) => tx.execute(update(set))))).toContain(
      'permission denied',
    );
    expect(await errorOf(db.owner.execute(update(set)))).toContain('append-only');
  }
  const moved = update('position = position + 100');
  expect(await errorOf(acrossWorkspaces(db.worker, (tx) => tx.execute(moved)))).toContain('append-only');
  expect(await errorOf(db.owner.execute(moved))).toContain('append-only');
  expect(await errorOf(db.owner.execute(sql`truncate audit`))).toContain('append-only');
});
