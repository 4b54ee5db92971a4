import { describeError, type Log } from './log.ts';
import { type Loop, startLoop } from './loop.ts';

/** A wake-up may be lost with its connection, so the outbox is looked at this often anyway. */
const PATIENCE_MS = 5_000;

/**
 * Hands the events of the outbox to their readers, in the order of commit: runs when nudged, until nothing is left.
 * `publish` answers how many it has published.
 */
export const startRelay = (publish: () => Promise<number>, log: Log): Loop =>
  startLoop(
    async () => {
      while ((await publish()) > 0);
      return PATIENCE_MS;
    },
    { onError: (thrown) => log.warn(describeError(thrown), 'events could not be published') },
  );
