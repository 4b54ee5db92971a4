import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../context.ts';
import * as schema from '../schema/index.ts';

/** True when the database has every table and column this version reads; a newer schema may have more. */
export const isSchemaCurrent = async (db: Db): Promise<boolean> => {
  const rows = await db.execute<{ name: string }>(sql`
    select c.relname || '.' || a.attname as name
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`);
  const present = new Set(rows.map((row) => row.name));
  return neededColumns.every((name) => present.has(name));
};

const neededColumns = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table))
  .flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
