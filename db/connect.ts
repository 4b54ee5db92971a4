import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Db } from './context.ts';
import { createPolicyBook } from './policy-book.ts';
import { createPolicyKeys } from './policy-signature.ts';
import { alwaysPrepared } from './prepared-client.ts';
import { openSteadySocket } from './steady-socket.ts';
import { createTransactions } from './transactions.ts';

/** `migrator` keeps the rights of the login itself. */
export type DbRole = 'usher_app' | 'usher_worker' | 'migrator';

export type Connection = {
  db: Db;
  /** A client of its own for LISTEN and COPY, because Drizzle replaces the date parsers of the client it is given. */
  sql: postgres.Sql;
  /** Waits at most five seconds for running statements. */
  close(): Promise<void>;
};

/** A process that froze inside a transaction would keep its locks, and everybody else waiting, until it thaws. */
const idleInTransactionMs = 5_000;

/** For statements outside a transaction, which are few and short. */
const loneConnections = 2;

/**
 * A pool of connections that hold one role from their first moment: it is a startup parameter, so `RESET ROLE` does not
 * leave it. The login in `url` must be a member of the role. Connects on first use.
 */
export const createDb = (
  url: string,
  options: {
    role: DbRole;
    max?: number;
    /** Whose limit policies are trusted: 32 bytes each. Without any the ceilings are in force. */
    policyKeys?: readonly Buffer[];
    onNotice?: (notice: postgres.Notice) => void;
  },
): Connection => {
  const clientOptions = {
    connection: {
      application_name: `usher ${options.role}`,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      ...(options.role === 'migrator' ? {} : { role: options.role }),
      // A worker's statements name one account or one campaign: planning each anew costs more than running it.
      ...(options.role === 'usher_worker' ? { plan_cache_mode: 'force_generic_plan' } : {}),
    },
    onnotice: options.onNotice ?? (() => {}),
    socket: openSteadySocket,
    // Asking the server for its types on each new connection could fail where nobody hears it; arrays are read as JSON.
    fetch_types: false,
  };
  /** Drizzle replaces the date parsers of every client it is given: those of transactions have to have the same. */
  const open = (given: { max: number; onclose?: () => void }) => {
    const client = alwaysPrepared(postgres(url, { ...clientOptions, ...given }));
    return { client, db: drizzle({ client }) };
  };
  const transactions = createTransactions((line) => open(line).client, options.max ?? 10);
  const { client, db } = open({ max: loneConnections });
  client.begin = transactions.run as unknown as typeof client.begin;
  const sql = postgres(url, { ...clientOptions, max: 2 });
  return {
    db: Object.assign(db, {
      transactions,
      policyBook: createPolicyBook(createPolicyKeys(options.policyKeys ?? [])),
    }),
    sql,
    close: async () => {
      await Promise.all([transactions.close(), client.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    },
  };
};
