import { MINUTE_MS } from '../duration.ts';

/** A task waits this long for its account; for longer it goes on with another. */
const PATIENCE_MS = 5 * MINUTE_MS;

/** Whether an account that rests until then, or until a person helps it (null), keeps its tasks waiting too long. */
export const isLongWait = (now: Date, until: Date | null): boolean =>
  until === null || until.getTime() - now.getTime() > PATIENCE_MS;
