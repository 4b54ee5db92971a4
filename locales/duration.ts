import { splitDuration } from '#core/duration.ts';
import type { Translate } from './bundle.ts';

/** A duration in its two largest units, rounded down: `2 d 3 h`, `12 min`, `40 s`. */
export function formatDuration(t: Translate, ms: number): string {
  const { days, hours, minutes, seconds } = splitDuration(ms);
  const parts: [string, number][] = [
    ['duration-days', days],
    ['duration-hours', hours],
    ['duration-minutes', minutes],
    ['duration-seconds', seconds],
  ];
  const first = parts.findIndex(([, count]) => count > 0);
  if (first === -1) return t('duration-seconds', { count: 0 });
  return parts
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => t(key, { count }))
    .join(' ');
}
