import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR_MS, later } from '#core/duration.ts';
import { sealAudit } from '#db/audit-chain.ts';
import { reserveAttempt } from '#db/commands/reserve-attempt.ts';
import { settleAttempt } from '#db/commands/settle-attempt.ts';
import { createDb, type DbRole } from '#db/connect.ts';
import { lookForWork, releaseWork } from '#db/dispatch.ts';
import { publishEvents } from '#db/events.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  seenPerson,
} from '#db/testing/factories.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { BYTES_PER_ROW, KEPT_PER_ATTEMPT, ROWS_PER_ATTEMPT } from './row-costs.ts';

const ACCOUNTS = 20;
const ROUNDS = 30;
/** Four invites of each account in a day. */
const ROUND_MS = 6 * HOUR_MS;

let db: TestDb;
let home: Home;
const nodeId = randomUUID();

beforeAll(async () => {
  db = await createTestDb();
  const open = (role: DbRole) => createDb(db.url, { role, max: 1 });
  const arranging = { app: open('usher_app'), worker: open('usher_worker'), owner: open('migrator') };
  const { app, worker, owner } = arranging;
  home = await createHome({ ...db, app: app.db, worker: worker.db, owner: owner.db });
  const accounts: HeldAccount[] = [];
  for (let each = 0; each < ACCOUNTS; each += 1) accounts.push(await createAccount(home));
  const people = () => Array.from({ length: ROUNDS + 5 }, () => seenPerson());
  await createRunningCampaign(
    home,
    accounts.map((account) => ({ account, people: people() })),
  );
  await owner.db.execute(sql`update community_access set check_at = null`);
  await owner.db.execute(sql`
    update lease set node_id = ${nodeId}::uuid, until = clock_timestamp() + interval '1 hour'`);
  await publishEvents(worker.db);
  while ((await sealAudit(worker.db)).sealed > 0);
  for (const connection of Object.values(arranging)) await connection.close();
  await onlyOurselves();
});
afterAll(() => db.close());

/** A server process tells what it wrote at the latest when it ends, which is a moment after its connection. */
async function onlyOurselves(): Promise<void> {
  for (;;) {
    const [row] = await db.owner.execute<{ others: number }>(sql`
      select count(*)::int as others from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    if (row?.others === 0) return;
  }
}

/** Rows written since the database was made, by table. */
async function rowsWritten(): Promise<Record<string, number>> {
  const rows = await db.owner.execute<{ name: string; written: number }>(sql`
    select relname as name, (n_tup_ins + n_tup_upd + n_tup_del)::int as written from pg_stat_user_tables`);
  return Object.fromEntries(rows.map(({ name, written }) => [name, written]));
}

const rowsKept = async (): Promise<Record<string, number>> => {
  const [row] = await db.owner.execute<Record<string, string>>(sql`
    select (select count(*) from attempt) as attempt, (select count(*) from audit) as audit,
      (select count(*) from outbox) as outbox`);
  return Object.fromEntries(Object.entries(row ?? {}).map(([table, rows]) => [table, Number(rows)]));
};

/**
 * With its indexes, packed, beyond what the empty table takes. Of a copy, because a vacuum leaves dead rows that an
 * autovacuum still looks at.
 */
async function bytesPerRow(table: string): Promise<number> {
  const size = sql`pg_total_relation_size('packed')::float8`;
  await db.owner.execute(sql.raw(`create table packed (like ${table} including all)`));
  const [empty] = await db.owner.execute<{ bytes: number }>(sql`select ${size} as bytes`);
  await db.owner.execute(sql.raw(`insert into packed overriding system value select * from ${table}`));
  await db.owner.execute(sql`reindex table packed`);
  const [row] = await db.owner.execute<{ bytes: number }>(
    sql`select (${size} - ${empty?.bytes}) / count(*) as bytes from packed`,
  );
  await db.owner.execute(sql`drop table packed`);
  return row?.bytes ?? Number.NaN;
}

it('writes as many rows of as many bytes as the simulation counts', async () => {
  const worker = createDb(db.url, { role: 'usher_worker', max: 1 });
  const [before, kept] = [await rowsWritten(), await rowsKept()];
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = later(noon, round * ROUND_MS);
    const ctx = { ...home.at(now).worker, db: worker.db };
    const { due } = await lookForWork(worker.db, {
      nodeId,
      now,
      limit: ACCOUNTS * 2,
      newAccounts: ACCOUNTS * 2,
      termSeconds: 30,
    });
    const invites = due.filter(({ job }) => job.name === 'send-invite');
    expect(invites).toHaveLength(ACCOUNTS);
    for (const { job, lease } of invites) {
      if (!lease) throw new Error('an invite comes with a lease');
      const held = { accountId: lease.accountId, leaseToken: lease.token };
      const reserved = await reserveAttempt(ctx, {
        ...held,
        nodeId,
        roll: 0,
        callDeadlineMs: 1000,
        hashPerson,
      });
      if (reserved.kind !== 'attempt') throw new Error(`reserved: ${reserved.kind}`);
      await settleAttempt(ctx, {
        ...held,
        attemptId: reserved.attemptId,
        outcome: { kind: 'joined' },
        roll: 0,
        hashPerson,
      });
      await releaseWork(worker.db, job);
    }
    await publishEvents(worker.db);
    await sealAudit(worker.db);
  }
  await worker.close();
  await onlyOurselves();
  const attempts = ACCOUNTS * ROUNDS;
  const after = await rowsWritten();
  // Claims of reviews, which come once for an account, are less than half a row.
  const told = Object.entries(after)
    .map(([table, written]) => [table, Math.round((written - (before[table] ?? 0)) / attempts)] as const)
    .filter(([, rows]) => rows > 0);
  expect(Object.fromEntries(told)).toEqual(ROWS_PER_ATTEMPT);
  const grown = Object.entries(await rowsKept()).map(
    ([table, rows]) => [table, (rows - (kept[table] ?? 0)) / attempts] as const,
  );
  expect(Object.fromEntries(grown)).toEqual(KEPT_PER_ATTEMPT);
  for (const [table, bytes] of Object.entries(BYTES_PER_ROW)) {
    const found = await bytesPerRow(table);
    expect(Math.abs(found / bytes - 1), `${table}: ${found} bytes a row`).toBeLessThan(0.15);
  }
});
