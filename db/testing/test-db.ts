import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Connection, createDb } from '../connect.ts';
import type { Db } from '../context.ts';
import { createPolicySigner } from '../policy-signature.ts';

export type TestDb = {
  /** With the rights of bot and server. */
  app: Db;
  /** With the rights of a worker. */
  worker: Db;
  /** The login's own rights, which bypass row level security: to arrange and to inspect. */
  owner: Db;
  /** Raw client of the worker role, for LISTEN. */
  sql: postgres.Sql;
  url: string;
  /** Ends the connections and drops the database. */
  close(): Promise<void>;
};

/** Whom the test databases' connections trust with limit policies. */
export const policySigner = createPolicySigner(Buffer.alloc(32, 5));

/** A database of this test file alone: a clone of the migrated template, in about 50 ms. */
export const createTestDb = async (): Promise<TestDb> => {
  const template = new URL(inject('templateUrl'));
  const templateName = template.pathname.slice(1);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(template, (sql) => sql`create database ${sql(name)} template ${sql(templateName)}`);

  const url = Object.assign(new URL(template), { pathname: `/${name}` }).href;
  const policyKeys = [policySigner.publicKey];
  const app = createDb(url, { role: 'usher_app', policyKeys });
  const worker = createDb(url, { role: 'usher_worker', policyKeys });
  const owner = createDb(url, { role: 'migrator', max: 2 });
  const connections: Connection[] = [app, worker, owner];
  return {
    app: app.db,
    worker: worker.db,
    owner: owner.db,
    sql: worker.sql,
    url,
    close: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await onServer(template, (sql) => sql`drop database ${sql(name)} with (force)`);
    },
  };
};

const onServer = async (address: URL, run: (sql: postgres.Sql) => Promise<unknown>): Promise<void> => {
  const url = Object.assign(new URL(address), { pathname: '/postgres' }).href;
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
};
