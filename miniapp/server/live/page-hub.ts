/** Wakes open pages when something about their sign-ins has changed. */
export type PageHub = {
  /** The link whose page is concerned; every page without one. */
  hear(linkId: string | undefined): void;
  /** Resolves at the next news of the link, after `ms`, at the end of `signal` or of the hub. */
  next(linkId: string, ms: number, signal: AbortSignal): Promise<void>;
  readonly isOver: boolean;
  /** Lets every page go. */
  stop(): void;
};

export const createPageHub = (): PageHub => {
  const sleepers = new Map<() => void, string>();
  let isOver = false;
  const wake = (linkId: string | undefined) => {
    for (const [rouse, own] of sleepers) if (linkId === undefined || own === linkId) rouse();
  };
  return {
    hear: wake,
    next: (linkId, ms, signal) =>
      new Promise((resolve) => {
        const rouse = () => {
          sleepers.delete(rouse);
          clearTimeout(timer);
          signal.removeEventListener('abort', rouse);
          resolve();
        };
        const timer = setTimeout(rouse, ms);
        sleepers.set(rouse, linkId);
        signal.addEventListener('abort', rouse);
        if (signal.aborted || isOver) rouse();
      }),
    get isOver() {
      return isOver;
    },
    stop() {
      isOver = true;
      wake(undefined);
    },
  };
};
