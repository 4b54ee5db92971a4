import type { Translate } from '#locales/bundle.ts';
import { formatDuration } from '#locales/duration.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How long ago, in one unit; `just now` below a minute. */
export const formatAgo = (t: Translate, ms: number): string =>
  ms < MINUTE_MS ? t('web-just-now') : t('web-ago', { duration: formatDuration(t, inOneUnit(ms)) });

/** A moment as people say it: the time alone within a day, the day with it further away. */
export const formatMoment = (t: Translate, at: Date, nowMs: number): string =>
  Math.abs(at.getTime() - nowMs) < DAY_MS ? t('moment-time', { at }) : t('moment-full', { at });

/** Rounded down to its largest unit. */
const inOneUnit = (ms: number): number => {
  const unit = [DAY_MS, DAY_MS / 24, MINUTE_MS].find((size) => ms >= size) ?? 1000;
  return Math.floor(ms / unit) * unit;
};

/** How a person is called: by username where there is one. */
export const nameOf = ({ name, username }: { name: string; username: string | null }): string =>
  username ? `@${username}` : name;
