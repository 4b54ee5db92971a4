import type { Clock } from '#core/clock.ts';
import type { Db } from '#db/context.ts';
import type { HashPerson } from '#db/person-hash.ts';

/** What the bot works with, handed over by `main.ts`. */
export type BotDeps = {
  db: Db;
  clock: Clock;
  /** Where the Mini App is served, without a trailing slash; undefined hides its buttons. */
  miniappUrl: string | undefined;
  /** Hashes people who must not be contacted. */
  hashPerson: HashPerson;
  log: BotLog;
};

/** The part of the process logger the bot needs. */
export type BotLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
