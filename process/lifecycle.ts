import type { Logger } from './logger.ts';

export type Lifecycle = {
  /** Registers something to end; what began last ends first. */
  onStop(name: string, stop: () => Promise<unknown> | unknown): void;
  /** Ends everything once, in order; later calls wait for the same end. One failure does not keep the rest alive. */
  stop(because: string): Promise<void>;
  /** Resolves when everything has ended. */
  readonly stopped: Promise<void>;
  readonly isStopping: boolean;
};

/** An ordered end of several parts, without touching the process. Each part gets `deadlineMs` of its own. */
export function createLifecycle({
  log,
  deadlineMs = 15_000,
}: {
  log: Logger;
  deadlineMs?: number;
}): Lifecycle {
  const parts: { name: string; stop: () => Promise<unknown> | unknown }[] = [];
  let resolve = () => {};
  const stopped = new Promise<void>((settle) => {
    resolve = settle;
  });
  let isStopping = false;

  const stopOne = async ({ name, stop }: (typeof parts)[number]) => {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not ended after ${deadlineMs} ms`)), deadlineMs);
    });
    try {
      await Promise.race([Promise.resolve().then(stop), deadline]);
    } catch (error) {
      log.error({ err: error, name }, 'a part did not end in order');
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    stopped,
    get isStopping() {
      return isStopping;
    },
    onStop: (name, stop) => {
      parts.push({ name, stop });
    },
    async stop(because) {
      if (isStopping) return stopped;
      isStopping = true;
      log.info({ because }, 'stopping');
      // A part may be registered while others are ending.
      for (let part = parts.pop(); part; part = parts.pop()) await stopOne(part);
      resolve();
    },
  };
}

/**
 * Ties a lifecycle to this process: SIGTERM and SIGINT end it in order, a second one at once; an uncaught error is
 * logged and ends the process with 1. With `endsWithParent`, so does the end of the pipe that is standard input: however
 * the parent dies, no child is left. Resolves with the exit code when everything has ended.
 */
export async function runProcess(
  lifecycle: Lifecycle,
  { log, endsWithParent = false }: { log: Logger; endsWithParent?: boolean },
): Promise<number> {
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(130);
    void lifecycle.stop(signal);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => {
      log.fatal({ err: error }, 'uncaught error');
      process.exit(1);
    });
  }
  if (endsWithParent) {
    process.stdin.on('close', () => void lifecycle.stop('parent ended')).resume();
    process.stdin.on('error', () => void lifecycle.stop('parent ended'));
  }
  await lifecycle.stopped;
  return 0;
}
