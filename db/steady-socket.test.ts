import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb } from './connect.ts';
import type { Db } from './context.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const cut = (pid: number) => db.owner.execute(sql`select pg_terminate_backend(${pid})`);
const pidOf = async (tx: Pick<Db, 'execute'>): Promise<number> => {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row!.pid;
};

test('a transaction whose connection is cut fails as a statement, and the next one has a new connection', async () => {
  const { db: one, close } = createDb(db.url, { role: 'usher_worker', max: 1 });
  try {
    for (let round = 0; round < 5; round += 1) {
      const failed = one.transaction(async (tx) => {
        await cut(await pidOf(tx));
        await tx.execute(sql`select pg_sleep(1)`);
      });
      await expect(failed).rejects.toThrow();
      const answers = await Promise.allSettled([pidOf(one), pidOf(one)]);
      for (const answer of answers)
        if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(Error);
      // However the first tries go, the pool is whole again soon.
      await expect.poll(() => pidOf(one).catch(() => undefined)).toBeTypeOf('number');
    }
  } finally {
    await close();
  }
});

test('statements in flight while all connections are cut either answer or fail, and none waits for ever', async () => {
  const { db: many, close } = createDb(db.url, { role: 'usher_worker', max: 4 });
  try {
    for (let round = 0; round < 10; round += 1) {
      const work = Array.from({ length: 40 }, () =>
        many.transaction(async (tx) => {
          await tx.execute(sql`select 1`);
          return tx.execute(sql`select pg_sleep(0.002)`);
        }),
      );
      const answers = Promise.allSettled(work);
      await db.owner.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'usher usher_worker'`);
      expect(await answers).toHaveLength(40);
    }
    await expect.poll(() => pidOf(many).catch(() => undefined)).toBeTypeOf('number');
  } finally {
    await close();
  }
});

test('a server that cannot be reached is told with its address', async () => {
  const { db: nowhere, close } = createDb('postgres://usher:x@127.0.0.1:1/usher', {
    role: 'usher_app',
    max: 1,
  });
  const error: Error & { cause?: unknown } = await nowhere.execute(sql`select 1`).then(
    () => new Error('answered'),
    (thrown: Error) => thrown,
  );
  expect(error.cause).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 });
  await close();
});
