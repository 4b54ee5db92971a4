import { useEffect, useState } from 'react';
import { PAGE_ENDED } from '#miniapp/contract/stream.ts';
import { pauseOrOnline } from '#miniapp/web/api/pause-or-online.ts';
import { ApiProblem } from '#miniapp/web/api/problem.ts';
import { openStream } from '#miniapp/web/api/sse.ts';
import { type ConnectState, LIVE } from './api.ts';

/** What the server says of this page, and whether the line to it stands. */
export type Live = {
  state: ConnectState | undefined;
  isLost: boolean;
  /** The page is of no more use. */
  problem: ApiProblem | undefined;
};

const RETRY_MS = { first: 500, longest: 8_000 };

/** Follows the page's state for as long as it is open, and comes back by itself after a lost line. */
export const useLive = (): Live => {
  const [live, setLive] = useState<Live>({ state: undefined, isLost: false, problem: undefined });
  useEffect(() => {
    const closing = new AbortController();
    const change = (part: Partial<Live>) => setLive((before) => ({ ...before, ...part }));
    void follow(change, closing.signal);
    return () => closing.abort();
  }, []);
  return live;
};

const follow = async (change: (part: Partial<Live>) => void, signal: AbortSignal): Promise<void> => {
  let retryMs = RETRY_MS.first;
  while (!signal.aborted) {
    try {
      for await (const message of openStream(LIVE, {}, signal)) {
        if (message.event === PAGE_ENDED) {
          return change({ problem: new ApiProblem('connect.page_ended', {}, undefined) });
        }
        change({ state: JSON.parse(message.data), isLost: false });
        retryMs = RETRY_MS.first;
      }
    } catch (error) {
      if (error instanceof ApiProblem && isFinal(error)) return change({ problem: error });
    }
    if (signal.aborted) return;
    change({ isLost: true });
    await pauseOrOnline(retryMs, signal);
    retryMs = Math.min(retryMs * 2, RETRY_MS.longest);
  }
};

const isFinal = ({ code }: ApiProblem): boolean => code === 'connect.page_ended' || code === 'forbidden';
