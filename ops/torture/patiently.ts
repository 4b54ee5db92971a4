import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '#core/refusals.ts';

const PATIENCE_MS = 60_000;
const INTERVAL_MS = 200;

/** Does the work anew while a database that the torture has taken away comes back. A refusal is an answer. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const givesUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused || performance.now() > givesUpAt) throw error;
      await wait(INTERVAL_MS);
    }
  }
}
