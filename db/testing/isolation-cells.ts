import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../context.ts';
import { anyRowOf } from './any-row.ts';

/** What a cell came to: how many rows it saw or touched, or who stood in the way: the rights, or a row's policy. */
export type Outcome = number | 'denied' | 'refused';
export type Cell = { name: string; expected: Outcome; found: Outcome };

/** Each transaction names one of these; every deed aims at the rows of `home`. */
const SETTINGS = ['home', 'away', 'none'] as const;
type Setting = (typeof SETTINGS)[number];

type Right = 'select' | 'insert' | 'update' | 'delete';
type Deed = {
  statement: SQL;
  /** What it takes, as the database's catalogue calls it; without a column for the whole table. */
  needs: (readonly [Right, column?: string])[];
  outcomes: Record<Setting, Outcome>;
};

const ALONE: Deed['outcomes'] = { home: 1, away: 0, none: 0 };

/**
 * Tries everything that can be done to a table's rows, as each of `roles` and for each workspace that a transaction may
 * name, with a row of two workspaces in it. What the rights allow is read from the catalogue; nothing stays behind.
 */
export const tryTable = async (tx: Tx, table: string, roles: readonly string[]): Promise<Cell[]> => {
  await tx.execute(sql`savepoint table_rows`);
  const [home, away] = [randomUUID(), randomUUID()];
  const insert = await anyRowOf(tx, table);
  for (const workspace of [home, away]) await tx.execute(insert(workspace));
  const key = table === 'workspace' ? 'id' : 'workspace_id';
  const cells: Cell[] = [];
  for (const role of roles) {
    const may = await rightsOf(tx, table, role);
    const column = may.columns.find((name) => may.has('update', name) && may.has('select', name)) ?? key;
    const deeds = deedsOf({ table, key, column, home, away, insert });
    for (const [deed, { statement, needs, outcomes }] of Object.entries(deeds)) {
      const isAllowed = needs.every(([right, of]) => may.has(right, of));
      for (const setting of SETTINGS) {
        const workspace = { home, away, none: '' }[setting];
        // Where an insert is to succeed its row must not be there already.
        const before = deed === 'insert' ? sql`delete from ${sql.identifier(table)}` : undefined;
        cells.push({
          name: `${role} ${deed} ${table} in ${setting}`,
          expected: isAllowed ? outcomes[setting] : 'denied',
          found: await tryStatement(tx, { role, workspace, before, statement }),
        });
      }
    }
  }
  await tx.execute(sql`rollback to savepoint table_rows`);
  return cells;
};

const deedsOf = (of: {
  table: string;
  key: string;
  column: string;
  home: string;
  away: string;
  insert: (workspaceId: string) => SQL;
}): Record<string, Deed> => {
  const [table, key, column] = [of.table, of.key, of.column].map((name) => sql.identifier(name));
  const homes = sql`where ${key} = ${of.home}`;
  return {
    select: {
      statement: sql`select ${key} from ${table} ${homes}`,
      needs: [['select', of.key]],
      outcomes: ALONE,
    },
    'select all': {
      statement: sql`select ${key} from ${table}`,
      needs: [['select', of.key]],
      outcomes: { home: 1, away: 1, none: 0 },
    },
    lock: {
      statement: sql`select ${key} from ${table} ${homes} for update`,
      needs: [['select', of.key], ['update']],
      outcomes: ALONE,
    },
    insert: {
      statement: sql`${of.insert(of.home)} returning 1`,
      needs: [['insert']],
      outcomes: { home: 1, away: 'refused', none: 'refused' },
    },
    update: {
      statement: sql`update ${table} set ${column} = ${column} ${homes} returning 1`,
      needs: [
        ['select', of.key],
        ['select', of.column],
        ['update', of.column],
      ],
      outcomes: ALONE,
    },
    'move away': {
      statement: sql`update ${table} set ${key} = ${of.away} ${homes} returning 1`,
      needs: [
        ['select', of.key],
        ['update', of.key],
      ],
      outcomes: { home: 'refused', away: 0, none: 0 },
    },
    delete: {
      statement: sql`delete from ${table} ${homes} returning 1`,
      needs: [['select', of.key], ['delete']],
      outcomes: ALONE,
    },
  };
};

const rightsOf = async (tx: Tx, table: string, role: string) => {
  const rows = await tx.execute<{ name: string; select: boolean; update: boolean }>(sql`
    select attname as name, has_column_privilege(${role}, attrelid, attnum, 'select') as select,
      has_column_privilege(${role}, attrelid, attnum, 'update') as update
    from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`);
  const [whole] = await tx.execute<{ insert: boolean; update: boolean; delete: boolean }>(sql`
    select has_table_privilege(${role}, ${table}, 'insert') as insert,
      has_any_column_privilege(${role}, ${table}, 'update') as update,
      has_table_privilege(${role}, ${table}, 'delete') as delete`);
  return {
    columns: rows.map((row) => row.name),
    has: (right: Right, column?: string): boolean =>
      Boolean((column ? rows.find((row) => row.name === column) : whole)?.[right as 'update']),
  };
};

const tryStatement = async (
  tx: Tx,
  given: { role: string; workspace: string; before: SQL | undefined; statement: SQL },
): Promise<Outcome> => {
  await tx.execute(sql`savepoint cell`);
  try {
    if (given.before) await tx.execute(given.before);
    await tx.execute(sql`
      select set_config('role', ${given.role}, true), set_config('usher.workspace', ${given.workspace}, true)`);
    return (await tx.execute(given.statement)).length;
  } catch (error) {
    const text = String((error as Error).cause ?? error);
    if (text.includes('violates row-level security policy')) return 'refused';
    if (text.includes('permission denied')) return 'denied';
    throw error;
  } finally {
    await tx.execute(sql`rollback to savepoint cell`);
  }
};
