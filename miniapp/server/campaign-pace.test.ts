import { expect, it } from 'vitest';
import { HOUR_MS, later } from '#core/duration.ts';
import { judgePace } from './campaign-pace.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const pace = (ageHours: number, settledLastDay: number, status: 'running' | 'paused' = 'running') =>
  judgePace({ status, startedAt: later(now, -ageHours * HOUR_MS), open: 60, settledLastDay, now }).timeLeftMs;

it('takes what is left at the pace of the last day', () => {
  expect(pace(100, 30)).toBe(48 * HOUR_MS);
});

it('takes the pace of its whole life from a campaign younger than a day', () => {
  expect(pace(12, 30)).toBe(24 * HOUR_MS);
});

it.each([
  ['a campaign younger than six hours', pace(5, 30)],
  ['one in which nothing was settled', pace(100, 0)],
  ['one that does not run', pace(100, 30, 'paused')],
])('says nothing of %s', (_, timeLeftMs) => {
  expect(timeLeftMs).toBeNull();
});
