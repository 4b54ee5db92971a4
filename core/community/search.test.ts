import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '../duration.ts';
import {
  isOffered,
  nextSearchAt,
  readFoundAt,
  SEARCHES_PER_DAY,
  SEARCHES_PER_HOUR,
  searchesLeft,
} from './search.ts';

const start = new Date('2026-03-10T12:00:00Z');

describe('searching for communities', () => {
  it('never asks more often than its hour and its day allow, and always goes on', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * 60_000 }), { maxLength: 300 }), (pauses) => {
        const asked: Date[] = [];
        let now = start;
        for (const pause of pauses) {
          now = later(now, pause);
          const at = nextSearchAt(asked, now);
          expect(at <= now).toBe(searchesLeft(asked, now) > 0);
          if (at > now) now = at;
          asked.push(now);
        }
        const within = (end: Date, ms: number) =>
          asked.filter((one) => one <= end && one >= later(end, -ms)).length;
        for (const end of asked) {
          expect(within(end, HOUR_MS)).toBeLessThanOrEqual(SEARCHES_PER_HOUR);
          expect(within(end, DAY_MS)).toBeLessThanOrEqual(SEARCHES_PER_DAY);
        }
      }),
    );
  });

  it('reads what it found one after the other, a tenth of a second apart', () => {
    expect(readFoundAt(start, 0)).toEqual(start);
    expect(readFoundAt(start, 7)).toEqual(later(start, 700));
  });

  it('offers every group, and a channel only when somebody saw comments', () => {
    expect(isOffered({ kind: 'supergroup', recentComments: null })).toBe(true);
    expect(isOffered({ kind: 'channel', recentComments: 3 })).toBe(true);
    expect(isOffered({ kind: 'channel', recentComments: 0 })).toBe(false);
    expect(isOffered({ kind: 'channel', recentComments: null })).toBe(false);
    expect(isOffered({ kind: null, recentComments: null })).toBe(false);
  });
});
