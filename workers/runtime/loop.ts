/** Work that runs alone, again and again: when its sleep is over or when it is nudged. */
export type Loop = {
  /** Runs the work as soon as it may; nudges during a run lead to exactly one more. */
  nudge(): void;
  /** Lets a run that is under way finish, then never runs again. */
  stop(): Promise<void>;
};

/**
 * `work` answers for how many real milliseconds it may sleep. A throw is told to `onError` and tried again later.
 * Between two runs lie at least `restMs`, so that many nudges cost few runs.
 */
export function startLoop(
  work: () => Promise<number>,
  options: { onError: (thrown: unknown) => void; retryMs?: number; restMs?: number },
): Loop {
  const { onError, retryMs = 1000, restMs = 0 } = options;
  let isNudged = false;
  let isStopped = false;
  let interrupt = () => {};

  const runOnce = async (): Promise<number> => {
    try {
      return await work();
    } catch (thrown) {
      onError(thrown);
      return retryMs;
    }
  };
  const sleep = (ms: number, mayStop: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        if (!mayStop()) return;
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!isStopped) {
      isNudged = false;
      const idleMs = await runOnce();
      if (restMs > 0 && !isStopped) await sleep(restMs, () => isStopped);
      if (!isNudged && !isStopped) await sleep(idleMs, () => true);
    }
  };
  const ended = run();

  return {
    nudge() {
      isNudged = true;
      interrupt();
    },
    async stop() {
      isStopped = true;
      interrupt();
      await ended;
    },
  };
}
