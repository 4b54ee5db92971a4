import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS } from './duration.ts';
import { judgeKeptDays, keptSince, LONGEST_KEPT_DAYS } from './retention.ts';

it('keeps people for whole days, at least one and never above the longest', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 400 }), (days) => {
      expect(judgeKeptDays(days).ok).toBe(days >= 1 && days <= LONGEST_KEPT_DAYS);
      expect(judgeKeptDays(days + 0.5).ok).toBe(false);
    }),
  );
});

it('counts the days back from the moment of the passage', () => {
  const noon = new Date('2026-03-02T12:00:00Z');
  expect(noon.getTime() - keptSince(30, noon).getTime()).toBe(30 * DAY_MS);
});
