import type { RefusalCode } from '../refusals.ts';
import type { ParseStatus } from '../statuses.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';

export type ParseEvent = 'pause' | 'resume' | 'cancel' | 'restart' | 'remove';

/** A task that may still read pages, now or later without anybody's word. */
export const OPEN_PARSE_STATUSES = ['checking', 'waiting', 'running'] as const satisfies ParseStatus[];
const over: readonly ParseStatus[] = ['done', 'refused', 'failed', 'cancelled'];

const moves: Record<
  ParseEvent,
  { from: readonly ParseStatus[]; to: ParseStatus | 'gone'; otherwise: RefusalCode }
> = {
  pause: { from: OPEN_PARSE_STATUSES, to: 'paused', otherwise: 'parse_task.not_pausable' },
  resume: { from: ['paused'], to: 'waiting', otherwise: 'parse_task.not_resumable' },
  cancel: {
    from: [...OPEN_PARSE_STATUSES, 'paused'],
    to: 'cancelled',
    otherwise: 'parse_task.not_cancellable',
  },
  restart: { from: over, to: 'waiting', otherwise: 'parse_task.not_restartable' },
  remove: { from: [...over, 'paused'], to: 'gone', otherwise: 'parse_task.not_removable' },
};

/**
 * The status after what a person wants of a task, or why it cannot be had now. Where it becomes `waiting` it is
 * `checking` instead while its account has not read the community; `gone` is a task that is no longer there.
 */
export function transition(from: ParseStatus, event: ParseEvent): Verdict<ParseStatus | 'gone'> {
  const move = moves[event];
  return move.from.includes(from) ? allow(move.to) : refuse(move.otherwise);
}
