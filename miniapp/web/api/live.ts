import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, useEffect, useState } from 'react';
import type { LiveEvent } from '#miniapp/contract/live-event.ts';
import { SESSION_ENDED, STREAM_READY } from '#miniapp/contract/stream.ts';
import { keys } from './campaigns.ts';
import { api, bearer, isSessionOver, unwrap } from './client.ts';
import { pauseOrOnline } from './pause-or-online.ts';
import { ApiProblem } from './problem.ts';
import { endSession, sessionState } from './session.ts';
import { openStream } from './sse.ts';

export type LiveState = 'connecting' | 'open' | 'lost';

/** Whether what one sees moves by itself at the moment. */
export const LiveContext = createContext<LiveState>('connecting');

const GATHER_MS = 400;
const RETRY_MS = { first: 500, longest: 15_000 };

/**
 * Keeps what is cached true while something happens in the workspace. Reconnects by itself behind the last event it
 * saw, at once when the device is back online.
 */
export const useLiveUpdates = (): LiveState => {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const closing = new AbortController();
    void followForever(createRefresher(cache, closing.signal), setState, closing.signal);
    return () => closing.abort();
  }, [cache]);
  return state;
};

const followForever = async (
  refresh: (event: LiveEvent | undefined) => void,
  setState: (state: LiveState) => void,
  signal: AbortSignal,
): Promise<void> => {
  let position: string | undefined;
  let retryMs = RETRY_MS.first;
  while (!signal.aborted) {
    try {
      for await (const message of connect(position, signal)) {
        // The stream also ends when the session has gone over into another workspace.
        if (message.event === SESSION_ENDED) {
          if (await hasSessionEnded()) return;
          break;
        }
        if (message.event === STREAM_READY) {
          setState('open');
          retryMs = RETRY_MS.first;
          // What happened before the first connection was not told.
          if (position === undefined) refresh(undefined);
        } else refresh(JSON.parse(message.data));
        position = message.id ?? position;
      }
    } catch (error) {
      if (error instanceof ApiProblem && isSessionOver(error)) return endSession();
    }
    if (signal.aborted) return;
    setState('lost');
    await pauseOrOnline(retryMs, signal);
    retryMs = Math.min(retryMs * 2, RETRY_MS.longest);
  }
};

/** Asks with the token; the answer that it is over ends the session on the page too. */
const hasSessionEnded = (): Promise<boolean> =>
  unwrap(api.me.$get()).then(
    () => false,
    () => sessionState() === 'ended',
  );

const connect = (position: string | undefined, signal: AbortSignal) =>
  openStream(
    '/api/v1/events',
    { ...bearer(), ...(position !== undefined && { 'last-event-id': position }) },
    signal,
  );

/** Events come in bursts: what they touch is fetched at most once per `GATHER_MS`. */
const createRefresher = (cache: QueryClient, signal: AbortSignal) => {
  const touched = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touch = (key: readonly string[]) => touched.set(key.join(), key);
  const flush = () => {
    timer = undefined;
    for (const queryKey of touched.values()) void cache.invalidateQueries({ queryKey });
    touched.clear();
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (event: LiveEvent | undefined): void => {
    if (event) for (const key of keysTouchedBy(event)) touch(key);
    else for (const { queryKey } of cache.getQueryCache().getAll()) touch(queryKey.slice(0, 1) as string[]);
    if (touched.size > 0) timer ??= setTimeout(flush, GATHER_MS);
  };
};

/** What is cached under the noun of the event, as most pages do, and what else shows it. */
const keysTouchedBy = ({ kind, payload: { campaignId } }: LiveEvent): (readonly string[])[] => {
  const noun = kind.slice(0, kind.indexOf('.'));
  switch (noun) {
    case 'campaign':
      return [
        keys.campaigns,
        keys.account,
        ...(typeof campaignId === 'string' ? [keys.campaign(campaignId)] : []),
      ];
    case 'account':
      return [keys.campaigns, keys.campaign(), keys.account];
    case 'member':
    case 'invitation':
      return [keys.team, keys.invitations, keys.me];
    case 'session':
      return [keys.sessions];
    case 'community':
    case 'community_search':
      return [keys.communities, keys.searches];
    case 'parse_task':
      return [keys.tasks, keys.people];
    case 'audience_file':
      return [[noun], ['audience'], ['suppression']];
    default:
      return [[noun]];
  }
};
