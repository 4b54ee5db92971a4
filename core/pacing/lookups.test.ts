import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../duration.ts';
import { nextLookup } from './lookups.ts';
import { defaultPolicy } from './policy.ts';

const now = new Date('2026-03-10T12:00:00Z');
const lookup = (msAgo: number) => ({ startedAt: later(now, -msAgo), countedAt: later(now, -msAgo) });

describe('the next look-up', () => {
  it('is free while fewer than five stand in the hour', () => {
    const lookups = [1, 2, 3, 4].map((minutes) => lookup(minutes * MINUTE_MS));
    expect(nextLookup(defaultPolicy, lookups, now)).toEqual({ at: now, because: 'now' });
  });

  it('waits until the oldest of five has left the hour', () => {
    const lookups = [10, 20, 30, 40, 50].map((minutes) => lookup(minutes * MINUTE_MS));
    const slot = nextLookup(defaultPolicy, lookups, now);
    expect(slot).toEqual({ at: later(now, 10 * MINUTE_MS + 1), because: 'lookup_hour' });
  });

  it('waits until the oldest of forty has left the day', () => {
    const lookups = Array.from({ length: 40 }, (_, index) => lookup(HOUR_MS + index * 30 * MINUTE_MS));
    const slot = nextLookup(defaultPolicy, lookups, now);
    expect(slot).toEqual({
      at: later(now, DAY_MS - HOUR_MS - 39 * 30 * MINUTE_MS + 1),
      because: 'lookup_day',
    });
  });

  it('counts a look-up under way as made now', () => {
    const lookups = [10, 20, 30, 40].map((minutes) => lookup(minutes * MINUTE_MS));
    const open = { startedAt: later(now, -3 * HOUR_MS), countedAt: null };
    expect(nextLookup(defaultPolicy, [...lookups, open], now).because).toBe('lookup_hour');
  });
});
