import { later, MINUTE_MS } from '../duration.ts';
import type { ParseSource, ParseSpeed } from '../statuses.ts';

/** How fast one account pages. */
export type ParsePace = {
  /** Between two pages of messages. */
  messagePauseMs: number;
  /** Between two requests for users. */
  userPauseMs: number;
  /** Pages that one job may read before other work gets its turn. */
  batchSize: number;
  requestsPerMinute: number;
};

const paces: Record<ParseSpeed, ParsePace> = {
  safe: { messagePauseMs: 2_000, userPauseMs: 3_000, batchSize: 10, requestsPerMinute: 20 },
  medium: { messagePauseMs: 800, userPauseMs: 1_500, batchSize: 25, requestsPerMinute: 40 },
  fast: { messagePauseMs: 200, userPauseMs: 500, batchSize: 50, requestsPerMinute: 90 },
};

export const paceOf = (speed: ParseSpeed): ParsePace => paces[speed];

/** When the next page may be asked for after one asked at `askedAt`: even spacing also keeps the requests per minute. */
export function nextPageAt(speed: ParseSpeed, source: ParseSource, askedAt: Date): Date {
  const pace = paceOf(speed);
  const pauseMs = source === 'members' ? pace.userPauseMs : pace.messagePauseMs;
  return later(askedAt, Math.max(pauseMs, Math.ceil(MINUTE_MS / pace.requestsPerMinute)));
}
