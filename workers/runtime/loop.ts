/** Work that runs alone, again and again: when its sleep is over or when it is nudged. */
export type Loop = {
  /** Runs the work as soon as it may; nudges during a run lead to exactly one more. */
  nudge(): void;
  /** Lets a run that is under way finish, then never runs again. */
  stop(): Promise<void>;
};

/** `work` answers for how many real milliseconds it may sleep. A throw is told to `onError` and tried again later. */
export function startLoop(
  work: () => Promise<number>,
  options: { onError: (thrown: unknown) => void; retryMs?: number },
): Loop {
  let isNudged = false;
  let isStopped = false;
  let wake = () => {};

  const runOnce = async (): Promise<number> => {
    try {
      return await work();
    } catch (thrown) {
      options.onError(thrown);
      return options.retryMs ?? 1000;
    }
  };
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!isStopped) {
      isNudged = false;
      const idleMs = await runOnce();
      if (!isNudged && !isStopped) await sleep(idleMs);
    }
  };
  const ended = run();

  return {
    nudge() {
      isNudged = true;
      wake();
    },
    async stop() {
      isStopped = true;
      wake();
      await ended;
    },
  };
}
