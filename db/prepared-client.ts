import type postgres from 'postgres';

type Statements = Pick<postgres.TransactionSql, 'unsafe'>;

/**
 * Lets every statement with parameters be prepared once per connection. Drizzle asks for that only where a query was
 * built with `.prepare(name)`; without it each statement is parsed anew and costs a second round trip, because its
 * parameter types have to be asked for. Statement texts must therefore not vary with their data.
 */
export const alwaysPrepared = (client: postgres.Sql): postgres.Sql => {
  prepareStatementsOf(client);
  const begin = client.begin.bind(client);
  const beginPrepared = (first: unknown, second?: unknown) => {
    const [options, work] = typeof first === 'string' ? [first, second] : ['', first];
    return begin(options, (tx) => (work as TransactionWork)(prepareTransaction(tx)));
  };
  client.begin = beginPrepared as typeof client.begin;
  return client;
};

type TransactionWork = (tx: postgres.TransactionSql) => Promise<unknown>;

const prepareTransaction = (tx: postgres.TransactionSql): postgres.TransactionSql => {
  prepareStatementsOf(tx);
  const savepoint = tx.savepoint.bind(tx);
  const savepointPrepared = (work: TransactionWork) => savepoint((inner) => work(prepareTransaction(inner)));
  tx.savepoint = savepointPrepared as typeof tx.savepoint;
  return tx;
};

const prepareStatementsOf = (client: Statements): void => {
  const unsafe = client.unsafe.bind(client);
  const unsafePrepared: typeof client.unsafe = (text, parameters, options) =>
    unsafe(text, parameters, { ...options, prepare: true });
  client.unsafe = unsafePrepared;
};
