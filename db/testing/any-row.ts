import { type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../context.ts';

/** Every table of the schema, by name. */
export const listTables = async (db: Db): Promise<string[]> => {
  const rows = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  return rows.map((row) => row.name);
};

type Column = { name: string; type: string; kind: string };

/** The statement that inserts a row of made-up values into `table`, for the workspace it is given. */
export const anyRowOf = async (tx: Tx, table: string): Promise<(workspaceId: string) => SQL> => {
  const columns = await tx.execute<Column>(sql`
    select attname as name, format_type(atttypid, null) as type, typtype as kind
    from pg_attribute join pg_type on pg_type.oid = atttypid
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attnotnull`);
  const isTenantKey = (name: string) => name === (table === 'workspace' ? 'id' : 'workspace_id');
  const names = columns.map((column) => sql.identifier(column.name));
  return (workspaceId) => {
    const values = columns.map((column) =>
      isTenantKey(column.name) ? sql`${workspaceId}::uuid` : sql.raw(anyValue(column)),
    );
    return sql`insert into ${sql.identifier(table)} (${sql.join(names, sql`, `)}) values (${sql.join(values, sql`, `)})`;
  };
};

/** Inserts a row of made-up values that belongs to `workspaceId`; foreign keys are not looked at when the login may. */
export const insertAnyRow = async (tx: Tx, table: string, workspaceId: string): Promise<void> => {
  const insert = await anyRowOf(tx, table);
  const [login] = await tx.execute<{ super: boolean }>(
    sql`select rolsuper as super from pg_roles where rolname = current_user`,
  );
  if (login?.super) await tx.execute(sql`set local session_replication_role = replica`);
  await tx.execute(insert(workspaceId));
};

const anyValue = ({ type, kind }: Column): string => {
  if (kind === 'e') return `(enum_range(null::${type}))[1]`;
  const known: Record<string, string> = {
    uuid: 'gen_random_uuid()',
    text: 'gen_random_uuid()::text',
    boolean: 'false',
    integer: '(random() * 1e9)::int',
    bigint: '(random() * 1e15)::bigint',
    jsonb: "'{}'",
    bytea: 'uuid_send(gen_random_uuid())',
    'timestamp with time zone': 'clock_timestamp()',
    'text[]': "'{}'",
    'timestamp with time zone[]': "'{}'",
  };
  const value = known[type];
  if (!value) throw new Error(`no made-up value for ${type}`);
  return value;
};
