import { setTimeout as rest } from 'node:timers/promises';

/** Real milliseconds between the tries: long enough for a connection to be made anew, short beside a lease. */
const RESTS_MS = [200, 400, 800];

/** Tries `work` again, up to three times in about 1.4 s, unless `isFinal` says that the throw will not change. */
export async function persist<T>(
  work: () => Promise<T>,
  { isFinal, restsMs = RESTS_MS }: { isFinal: (thrown: unknown) => boolean; restsMs?: readonly number[] },
): Promise<T> {
  for (const restMs of restsMs) {
    try {
      return await work();
    } catch (thrown) {
      if (isFinal(thrown)) throw thrown;
      await rest(restMs);
    }
  }
  return work();
}
