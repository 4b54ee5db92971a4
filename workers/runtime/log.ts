/** What a worker needs of a logger; pino has this shape. Fields carry ids and names only, never secrets. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** The kind of an error for a log; its text only when the error is our own or the database's. */
export const describeError = (thrown: unknown): { error: string; code?: unknown; stack?: string } => {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const code = 'code' in thrown ? { code: thrown.code } : {};
  return {
    error: `${thrown.name}: ${thrown.message}`,
    ...code,
    ...(thrown.stack ? { stack: thrown.stack } : {}),
  };
};
