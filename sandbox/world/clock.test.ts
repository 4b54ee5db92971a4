import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWorldClock } from './clock.ts';

const epochMs = Date.UTC(2026, 0, 1);

describe('the business clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: epochMs });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('runs as many times faster as its scale says', () => {
    const clock = createWorldClock({ scale: 3600, epochMs });
    vi.advanceTimersByTime(2000);
    expect(clock.now()).toEqual(new Date(epochMs + 2 * 3_600_000));
  });

  test('is the same for everybody who knows the epoch and the scale', () => {
    vi.advanceTimersByTime(5000);
    expect(createWorldClock({ scale: 10, epochMs }).now()).toEqual(new Date(epochMs + 50_000));
  });

  test('advances, and never runs back', () => {
    const clock = createWorldClock({ epochMs });
    clock.advance(86_400_000);
    expect(clock.now()).toEqual(new Date(epochMs + 86_400_000));
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });

  test('a new scale counts from the moment it is set', () => {
    const clock = createWorldClock({ scale: 10, epochMs });
    vi.advanceTimersByTime(1000);
    clock.setScale(1);
    vi.advanceTimersByTime(1000);
    expect(clock.scale).toBe(1);
    expect(clock.now()).toEqual(new Date(epochMs + 11_000));
    expect(clock.businessAt(Date.now() + 500)).toEqual(new Date(epochMs + 11_500));
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the scale %s', (scale) => {
    expect(() => createWorldClock({ scale })).toThrow(RangeError);
  });
});
