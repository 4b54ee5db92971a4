import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDb } from './connect.ts';
import { DatabaseTooNew, migrate } from './migrate.ts';
import { isSchemaCurrent } from './queries/is-schema-current.ts';

let url: string;
const name = () => `migrate_${randomUUID().replaceAll('-', '')}`;
const onServer = async <T>(address: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(address, { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
};
const serverUrl = () => Object.assign(new URL(inject('templateUrl')), { pathname: '/postgres' }).href;

beforeEach(async () => {
  const fresh = name();
  await onServer(serverUrl(), (sql) => sql`create database ${sql(fresh)}`);
  url = Object.assign(new URL(serverUrl()), { pathname: `/${fresh}` }).href;
});
afterEach(async () => {
  await onServer(
    serverUrl(),
    (sql) => sql`drop database ${sql(new URL(url).pathname.slice(1))} with (force)`,
  );
});

test('an empty database becomes current, also when several processes begin at once', async () => {
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const { db, close } = createDb(url, { role: 'usher_app' });
  expect(await isSchemaCurrent(db)).toBe(true);
  await close();
});

test('a database of a newer version is refused and left alone', async () => {
  await migrate(url);
  await onServer(
    url,
    (sql) => sql`
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`,
  );
  await expect(migrate(url)).rejects.toBeInstanceOf(DatabaseTooNew);
});

test('a login that is no superuser can migrate, and row level security binds it too', async () => {
  const login = name();
  await onServer(url, (sql) =>
    sql.unsafe(`
    create role ${login} login createrole password 'secret';
    alter database ${new URL(url).pathname.slice(1)} owner to ${login};
    alter schema public owner to ${login};
    grant usher_app, usher_worker to ${login} with admin option`),
  );
  const asLogin = Object.assign(new URL(url), { username: login, password: 'secret' }).href;
  await migrate(asLogin);
  expect(await onServer(asLogin, (sql) => sql`select * from account`)).toHaveLength(0);
  await expect(
    onServer(
      asLogin,
      (sql) => sql`insert into workspace (id, name, created_at) values (gen_random_uuid(), 'x', now())`,
    ),
  ).rejects.toThrow('row-level security');
  await onServer(url, (sql) =>
    sql.unsafe(`reassign owned by ${login} to current_user; drop owned by ${login}`),
  );
  await onServer(serverUrl(), (sql) =>
    sql.unsafe(`reassign owned by ${login} to current_user; drop role ${login}`),
  );
});
