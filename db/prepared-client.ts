import type postgres from 'postgres';

type Statements = Pick<postgres.Sql, 'unsafe'>;

/**
 * Lets every statement with parameters be prepared once per connection. Drizzle asks for that only where a query was
 * built with `.prepare(name)`; without it each statement is parsed anew and costs a second round trip, because its
 * parameter types have to be asked for. Statement texts must therefore not vary with their data.
 */
export const alwaysPrepared = <Client extends Statements>(client: Client): Client => {
  const unsafe = client.unsafe.bind(client);
  const unsafePrepared: typeof client.unsafe = (text, parameters, options) =>
    unsafe(text, parameters, { ...options, prepare: true });
  client.unsafe = unsafePrepared;
  return client;
};
