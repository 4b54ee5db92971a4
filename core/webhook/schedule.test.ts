import { expect, test } from 'vitest';
import { isLost, WEBHOOK_PATIENCE_MS, waitAfter } from './schedule.ts';

test('waits grow with each try, never end, and are at most a fifth longer than said', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((tries) => waitAfter(tries, 0));
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBe(10_000);
  expect(waits.at(-1)).toBe(6 * 3_600_000);
  expect(waitAfter(1, 1)).toBe(12_000);
});

test('a webhook is given up after three days without an answer, and not before', () => {
  const since = new Date('2026-03-01T00:00:00Z');
  const after = (ms: number) => new Date(since.getTime() + ms);
  expect(isLost(since, after(WEBHOOK_PATIENCE_MS - 1))).toBe(false);
  expect(isLost(since, after(WEBHOOK_PATIENCE_MS))).toBe(true);
  expect(isLost(null, after(WEBHOOK_PATIENCE_MS))).toBe(false);
});
