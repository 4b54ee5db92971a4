const INTERVAL_MS = 100;

/** Asks again and again until there is an answer. Throws what `ask` throws. */
export async function waitUntil<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
