import type { Translate } from '#locales/bundle.ts';
import { formatDuration } from '#locales/duration.ts';
import type { Language } from './load.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How long ago, in one unit; `just now` below a minute. */
export const formatAgo = (t: Translate, ms: number): string =>
  ms < MINUTE_MS ? t('web-just-now') : t('web-ago', { duration: formatRoughly(t, ms) });

/** A moment as people say it: the time alone within a day, the day with it further away. */
export const formatMoment = (t: Translate, at: Date, nowMs: number): string =>
  Math.abs(at.getTime() - nowMs) < DAY_MS ? t('moment-time', { at }) : t('moment-full', { at });

/** A duration in one unit: `22 h`. */
export const formatRoughly = (t: Translate, ms: number): string => formatDuration(t, inOneUnit(ms));

/** What is left on a timer: `9:41`, `3:09:12`, or words from a day on. */
export const formatTimer = (t: Translate, ms: number): string => {
  if (ms >= DAY_MS) return formatDuration(t, ms);
  const seconds = Math.ceil(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${twoDigits(m)}:${twoDigits(s)}` : `${m}:${twoDigits(s)}`;
};

/** Words that stand alone begin with a capital. */
export const standingAlone = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** A share of one as whole percent, as the language writes it. */
export const formatPercent = (language: Language, percent: number): string =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(percent / 100);

/** Rounded down to its largest unit. */
const inOneUnit = (ms: number): number => {
  const unit = [DAY_MS, DAY_MS / 24, MINUTE_MS].find((size) => ms >= size) ?? 1000;
  return Math.floor(ms / unit) * unit;
};

/** How a person is called: by username where there is one. */
export const nameOf = ({ name, username }: { name: string; username: string | null }): string =>
  username ? `@${username}` : name;
