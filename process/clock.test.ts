import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClock } from './clock.ts';

const epochMs = Date.parse('2026-01-01T00:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: epochMs });
});
afterEach(() => {
  vi.useRealTimers();
});

it('runs an hour a second at scale 3600', () => {
  const clock = createClock({ scale: 3600, epochMs });
  vi.advanceTimersByTime(2000);
  expect(clock.now().toISOString()).toBe('2026-01-01T02:00:00.000Z');
});

it('is the real time at scale 1, whatever the epoch', () => {
  const clock = createClock({ scale: 1, epochMs: 0 });
  expect(clock.now().getTime()).toBe(epochMs);
});

it('tells how long to really wait, and after that wait the moment has passed', () => {
  const clock = createClock({ scale: 3600, epochMs });
  const moment = new Date(epochMs + 1_234_567);
  const waitMs = clock.realMsUntil(moment);
  expect(waitMs).toBe(343);
  vi.advanceTimersByTime(waitMs);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(moment.getTime());
});

it('never waits for the past', () => {
  const clock = createClock({ scale: 60, epochMs });
  expect(clock.realMsUntil(new Date(epochMs - 1))).toBe(0);
});

it('does not follow the host when its clock is set', () => {
  const clock = createClock({ scale: 3600, epochMs });
  vi.setSystemTime(epochMs + 86_400_000);
  vi.advanceTimersByTime(1000);
  expect(clock.now().toISOString()).toBe('2026-01-01T01:00:00.000Z');
});

it('follows whoever anchors it where it errs, and never goes back', () => {
  const clock = createClock({ scale: 60, epochMs });
  clock.anchor(epochMs - 5, epochMs + 5);
  expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  clock.anchor(epochMs + 2000, epochMs + 2010);
  expect(clock.now().toISOString()).toBe('2026-01-01T00:02:00.000Z');
  clock.anchor(epochMs + 990, epochMs + 1000);
  expect(clock.now().toISOString()).toBe('2026-01-01T00:02:00.000Z');
  vi.advanceTimersByTime(3000);
  expect(clock.now().toISOString()).toBe('2026-01-01T00:04:00.000Z');
});
