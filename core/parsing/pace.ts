import { z } from 'zod';
import { MINUTE_MS } from '../duration.ts';
import type { ParseSpeed } from '../statuses.ts';

/** How fast one account pages. */
export type ParsePace = {
  /** Between two pages of messages. */
  messagePauseMs: number;
  /** Between two requests for people. */
  peoplePauseMs: number;
  /** Pages that one job may read before other work gets its turn. */
  batchSize: number;
  /** In any sixty seconds. */
  requestsPerMinute: number;
};

const paces: Record<ParseSpeed, ParsePace> = {
  safe: { messagePauseMs: 2_000, peoplePauseMs: 3_000, batchSize: 10, requestsPerMinute: 20 },
  medium: { messagePauseMs: 800, peoplePauseMs: 1_500, batchSize: 25, requestsPerMinute: 40 },
  fast: { messagePauseMs: 200, peoplePauseMs: 500, batchSize: 50, requestsPerMinute: 90 },
};

export const paceOf = (speed: ParseSpeed): ParsePace => paces[speed];

export const pauseOf = (speed: ParseSpeed, request: 'messages' | 'people'): number =>
  request === 'messages' ? paces[speed].messagePauseMs : paces[speed].peoplePauseMs;

/**
 * The requests that may still count against a minute, oldest first: when each was made, and the members or messages
 * seen before it.
 */
export const askedSchema = z.array(z.object({ atMs: z.number(), seen: z.int().min(0) }));
export type Asked = z.infer<typeof askedSchema>;

/** The same after one more request; more than a minute's worth is never needed. */
export const askedAlso = (asked: Asked, speed: ParseSpeed, at: Date, seen: number): Asked =>
  [...asked, { atMs: at.getTime(), seen }].slice(-paces[speed].requestsPerMinute);

/** When the next page may be asked for: after the pause, and never as one too many within a minute. */
export function nextPageAt(speed: ParseSpeed, request: 'messages' | 'people', asked: Asked): Date {
  const last = asked.at(-1)?.atMs ?? 0;
  const first = asked.at(-paces[speed].requestsPerMinute)?.atMs ?? Number.NEGATIVE_INFINITY;
  return new Date(Math.max(last + pauseOf(speed, request), first + MINUTE_MS));
}

/** How long so many requests take from the first to the last when each is made as early as it may. */
export function durationMs(speed: ParseSpeed, request: 'messages' | 'people', requests: number): number {
  const { requestsPerMinute } = paces[speed];
  const pauseMs = pauseOf(speed, request);
  const pauses = Math.max(0, requests - 1);
  if (pauseMs * requestsPerMinute >= MINUTE_MS) return pauses * pauseMs;
  return Math.floor(pauses / requestsPerMinute) * MINUTE_MS + (pauses % requestsPerMinute) * pauseMs;
}
