import { describeError, type Log } from './log.ts';
import { type Loop, startLoop } from './loop.ts';

/** A wake-up may be lost with its connection, so the outbox is looked at this often anyway. */
const PATIENCE_MS = 5_000;
/** Events of a busy moment are published together. */
const REST_MS = 100;

/** Hands the events of the outbox to their readers, in the order of commit: runs when nudged, until nothing is left. */
export const startRelay = (publish: () => Promise<{ isFull: boolean }>, log: Log): Loop =>
  startLoop(async () => ((await publish()).isFull ? 0 : PATIENCE_MS), {
    restMs: REST_MS,
    onError: (thrown) => log.warn(describeError(thrown), 'events could not be published'),
  });
