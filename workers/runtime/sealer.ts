import { describeError, type Log } from './log.ts';
import { type Loop, startLoop } from './loop.ts';

/** How long a row of the audit log may wait for its place in the chain. */
const EVERY_MS = 1_000;

/** Seals the audit log behind the commands, so that none of them waits for the chain. */
export const startSealer = (seal: () => Promise<{ isFull: boolean }>, log: Log): Loop =>
  startLoop(async () => ((await seal()).isFull ? 0 : EVERY_MS), {
    onError: (thrown) => log.warn(describeError(thrown), 'the audit log could not be sealed'),
  });
