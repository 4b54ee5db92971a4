import { MINUTE_MS, SECOND_MS } from '../duration.ts';
import type { Asked } from './pace.ts';

export type ParseProgress = {
  /** Members or messages a minute, over the last minute of requests; null before there are two. */
  ratePerMinute: number | null;
  /** Until Telegram's own count is reached at this rate; null when either is unknown. */
  secondsLeft: number | null;
};

/** How fast a task is and how long it still takes, from nothing but what is stored of it. */
export function progressOf(task: { seen: number; total: number | null; asked: Asked }): ParseProgress {
  const [first, last] = [task.asked[0], task.asked.at(-1)];
  if (!first || !last || last.atMs <= first.atMs) return { ratePerMinute: null, secondsLeft: null };
  const rate = ((last.seen - first.seen) * MINUTE_MS) / (last.atMs - first.atMs);
  const left = task.total === null ? undefined : Math.max(0, task.total - task.seen);
  return {
    ratePerMinute: Math.round(rate),
    secondsLeft: left === undefined || rate <= 0 ? null : Math.ceil(((left / rate) * MINUTE_MS) / SECOND_MS),
  };
}

/** Of a whole task at most so many steps are told, so that a million members are not five thousand events. */
const STEPS = 500;

/** Whether a page moved the task so far that its viewers should hear of it. */
export const isNews = (before: number, after: number, total: number | null): boolean =>
  total === null || total <= 0 || stepOf(before, total) !== stepOf(after, total);

const stepOf = (seen: number, total: number) => Math.floor((seen * STEPS) / total);
