import type postgres from 'postgres';
import { alwaysPrepared } from './prepared-client.ts';
import { connectionLost } from './steady-socket.ts';

export type Rows = postgres.RowList<postgres.Row[]>;
export type Statement = { text: string; parameters: readonly unknown[] };
type Query = Pick<postgres.PendingQuery<postgres.Row[]>, 'cancel'>;

/** What the work of a transaction speaks to. It must wait for nothing but its own statements. */
export type TransactionClient = Pick<postgres.Sql, 'unsafe'>;

/** The last statements of a transaction: they travel together with its commit, and what they lock is held that long only. */
export class Closing<T> {
  readonly statements: readonly Statement[];
  readonly answer: (rows: readonly Rows[]) => T;
  constructor(statements: readonly Statement[], answer: (rows: readonly Rows[]) => T) {
    this.statements = statements;
    this.answer = answer;
  }
}

export type Transactions = {
  /** Commits what `work` has done, or undoes all of it when it throws. There are no savepoints. */
  run<T>(work: (client: TransactionClient) => Promise<T | Closing<T>>): Promise<T>;
  /** Sends a whole transaction in a single round trip and answers the rows of each statement; all of it or nothing. */
  send(statements: readonly Statement[]): Promise<Rows[]>;
  close(): Promise<void>;
};

/** Opens a client of one connection. */
type Open = (options: { max: 1; onclose: () => void }) => postgres.Sql;

/**
 * Transactions on at most `max` connections of their own, whose `begin` travels together with the first statement
 * behind it: the driver's own waits for its answer, a round trip more each time. Each connection has a client to itself,
 * which is how the driver allows that; its `reserve` may wait for ever when a connection is lost.
 */
export const createTransactions = (open: Open, max: number): Transactions => {
  const lines: Line[] = [];
  const idle: Line[] = [];
  const waiting: ((line: Line) => void)[] = [];
  const take = (): Line | Promise<Line> => {
    const line = idle.pop();
    if (line) return line;
    if (lines.length === max) return new Promise((resolve) => waiting.push(resolve));
    const opened = openLine(open);
    lines.push(opened);
    return opened;
  };
  const giveBack = (line: Line) => {
    const next = waiting.shift();
    if (next) next(line);
    else idle.push(line);
  };
  const onLine = async <T>(use: (line: Line) => Promise<T>): Promise<T> => {
    const line = await take();
    try {
      return await use(line);
    } finally {
      giveBack(line);
    }
  };
  return {
    run: (work) => onLine((line) => runTransaction(line, work)),
    send: (statements) => onLine((line) => sendTransaction(line, statements)),
    async close() {
      await Promise.all(lines.map((line) => line.close()));
    },
  };
};

type Line = {
  /** A client for one transaction: once its connection is lost, every statement fails, also those not sent yet. */
  begin(): Promise<{ client: TransactionClient; begun: Promise<unknown> }>;
  close(): Promise<void>;
};

/** The driver notes in `state` to which connection it has given a query. */
const isUnsent = (query: Query): boolean => (query as Query & { state: unknown }).state === null;

function openLine(open: Open): Line {
  const unanswered = new Set<Query>();
  /** How many connections have been lost. */
  let losses = 0;
  let isConnected = false;
  const client = alwaysPrepared(
    open({
      max: 1,
      onclose() {
        losses += 1;
        isConnected = false;
        // What the driver has not sent yet would go out on the next connection, outside the transaction.
        for (const query of unanswered) if (isUnsent(query)) query.cancel();
      },
    }),
  );
  return {
    async begin() {
      const before = losses;
      const unsafe = ((text: string, parameters?: never[], options?: postgres.UnsafeQueryOptions) => {
        if (losses !== before) throw connectionLost();
        const query = client.unsafe(text, parameters, options);
        unanswered.add(query);
        const isAnswered = () => unanswered.delete(query);
        query.then(isAnswered, isAnswered);
        return query;
      }) as TransactionClient['unsafe'];
      const begun = unsafe('begin').execute();
      if (!isConnected) await begun;
      isConnected = true;
      return { client: { unsafe }, begun };
    },
    close: () => client.end({ timeout: 5 }),
  };
}

async function runTransaction<T>(
  line: Line,
  work: (client: TransactionClient) => Promise<T | Closing<T>>,
): Promise<T> {
  const { client, begun } = await line.begin();
  const [done] = await Promise.allSettled([work(client), begun]);
  if (done.status === 'rejected') {
    await Promise.allSettled([send(client, 'rollback')]);
    throw done.reason;
  }
  const { value } = done;
  if (value instanceof Closing) return value.answer(await sendLast(client, value.statements));
  await sendLast(client, []);
  return value;
}

async function sendTransaction(line: Line, statements: readonly Statement[]): Promise<Rows[]> {
  const { client } = await line.begin();
  return sendLast(client, statements);
}

async function sendLast(client: TransactionClient, statements: readonly Statement[]): Promise<Rows[]> {
  // Behind a failure Postgres refuses everything and turns the commit into a rollback.
  const sent = await Promise.allSettled([
    ...statements.map(({ text, parameters }) => send(client, text, parameters)),
    send(client, 'commit'),
  ]);
  const rows = sent.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
  const ended = rows.pop();
  if (ended) requireCommit(ended);
  return rows;
}

const send = async (
  client: TransactionClient,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Rows> => client.unsafe(text, parameters as never[]);

function requireCommit({ command }: Rows): void {
  if (command !== 'COMMIT')
    throw new Error('a transaction went on behind a statement that failed, and was rolled back');
}
