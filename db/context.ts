import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Actor } from '#core/roles.ts';
import type { Once } from './once.ts';
import type { PolicyBook } from './policy-book.ts';
import { Closing, type Statement, type Transactions } from './transactions.ts';

export type Db = PostgresJsDatabase & { transactions: Transactions; policyBook: PolicyBook };
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** What every command needs: `now` is business time. With `once` the command is done once, however often it is sent. */
export type CommandContext = {
  db: Db;
  actor: Actor;
  workspaceId: string;
  now: Date;
  once?: Once | undefined;
};
export type QueryContext = { db: Db; workspaceId: string };

/**
 * One transaction that sees and touches the rows of one workspace only; row level security enforces it.
 * The setting ends with the transaction.
 */
export const inWorkspace = <T>(
  db: Db,
  workspaceId: string,
  work: (tx: Tx) => Promise<T | Closing<T>>,
): Promise<T> => withSetting(db, 'usher.workspace', workspaceId, work);

/**
 * One transaction over all workspaces, for what belongs to none: dispatch, the relay, leases, finding a person's
 * memberships. Row level security opens only the tables and verbs named for it in the migrations.
 */
export const acrossWorkspaces = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withSetting(db, 'usher.across', 'on', work);

/**
 * The setting travels together with the first statement of `work`, which Postgres runs after it: a round trip less in
 * every transaction. Were it to fail, so would every statement behind it.
 */
const withSetting = <T>(
  db: Db,
  name: string,
  value: string,
  work: (tx: Tx) => Promise<T | Closing<T>>,
): Promise<T> =>
  // What closes the transaction is unwrapped where it is committed.
  db.transaction(async (tx): Promise<T> => {
    const set = tx.execute(setting(name, value)).execute();
    const [result] = await Promise.all([work(tx), set]);
    return result as T;
  });

/** For the end of a command's work: the last statements, sent together with the commit, and what their rows answer. */
export const closeWith = <T>(statements: readonly SQL[], answer: (rows: readonly Rows[]) => T): Closing<T> =>
  new Closing(statements.map(toStatement), answer);

const toStatement = (statement: SQL): Statement => {
  const { sql: text, params: parameters } = dialect.sqlToQuery(statement);
  return { text, parameters };
};

const setting = (name: string, value: string) => sql`select set_config(${name}, ${value}, true)`;

const dialect = new PgDialect();

type Rows = readonly Record<string, unknown>[];

/**
 * One transaction inside a workspace, sent whole in a single round trip: for hot statements that judge in SQL and need
 * nothing of each other's answers. Answers the rows of each. Throws when one fails, and then none has changed anything.
 */
export const inOneTrip = (db: Db, workspaceId: string, statements: readonly SQL[]): Promise<Rows[]> =>
  sendWithSetting(db, setting('usher.workspace', workspaceId), statements);

/** The same over all workspaces; see `acrossWorkspaces`. */
export const inOneTripAcross = (db: Db, statements: readonly SQL[]): Promise<Rows[]> =>
  sendWithSetting(db, setting('usher.across', 'on'), statements);

const sendWithSetting = async (db: Db, first: SQL, statements: readonly SQL[]): Promise<Rows[]> => {
  const [, ...answers] = await db.transactions.send([first, ...statements].map(toStatement));
  return answers;
};
