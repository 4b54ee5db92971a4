import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '#core/refusals.ts';

const PATIENCE_MS = 60_000;
const INTERVAL_MS = 200;
/** A statement whose connection died at the wrong moment is never answered. */
const ANSWER_MS = 10_000;

/** Does the work anew while a database that the torture has taken away comes back. A refusal is an answer. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const givesUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await within(work());
    } catch (error) {
      if (error instanceof Refused || performance.now() > givesUpAt) throw error;
      await wait(INTERVAL_MS);
    }
  }
}

async function within<T>(answer: Promise<T>): Promise<T> {
  const ending = new AbortController();
  const late = wait(ANSWER_MS, undefined, { signal: ending.signal }).then(() => {
    throw new Error(`no answer within ${ANSWER_MS} ms`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => {});
    ending.abort();
  }
}
