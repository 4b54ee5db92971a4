import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorldClock } from '#sandbox/world/clock.ts';
import { createLimits, reportedLimits } from './create-limits.ts';
import { createTokenBucket } from './token-bucket.ts';

test('a bucket never lets through more than its capacity and what has refilled', () => {
  const waits = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 2000 }),
      waits,
      (capacity, refillMs, steps) => {
        const bucket = createTokenBucket({ capacity, refillMs });
        let nowMs = 0;
        let taken = 0;
        for (const step of steps) {
          nowMs += step;
          if (bucket.take(nowMs) === 0) taken++;
          expect(taken).toBeLessThanOrEqual(capacity + nowMs / refillMs + 1e-6);
        }
      },
    ),
  );
});

test('waiting as long as told is enough', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 40 });
  const refill = fc.integer({ min: 1, max: 9999 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), refill, pauses, (capacity, refillMs, steps) => {
      const bucket = createTokenBucket({ capacity, refillMs });
      let nowMs = 0;
      for (const step of steps) {
        nowMs += step;
        const waitMs = bucket.take(nowMs);
        if (waitMs === 0) continue;
        nowMs += waitMs;
        expect(bucket.take(nowMs)).toBe(0);
      }
    }),
  );
});

test('accounts have buckets of their own, and one rule counts all its methods together', () => {
  const limits = createLimits({ clock: createWorldClock() });
  limits.configure([{ methods: ['a', 'b'], capacity: 1, refillMs: 60_000, answer: 'flood_wait' }]);
  expect(limits.decide('1', 'a')).toBeUndefined();
  expect(limits.decide('1', 'b')).toEqual({ code: 420, text: 'FLOOD_WAIT_60' });
  expect(limits.decide('2', 'b')).toBeUndefined();
  expect(limits.decide('1', 'c')).toBeUndefined();
});

test('refills by business time', () => {
  const clock = createWorldClock();
  const limits = createLimits({ clock });
  limits.configure([{ methods: ['a'], capacity: 1, refillMs: 3_600_000, answer: 'peer_flood' }]);
  limits.decide('1', 'a');
  expect(limits.decide('1', 'a')).toEqual({ code: 400, text: 'PEER_FLOOD' });
  clock.advance(3_600_000);
  expect(limits.decide('1', 'a')).toBeUndefined();
});

test('is off until configured and checks its model', () => {
  const limits = createLimits({ clock: createWorldClock() });
  for (let call = 0; call < 1000; call++)
    expect(limits.decide('1', 'channels.inviteToChannel')).toBeUndefined();
  expect(() => limits.configure([{ methods: [], capacity: 0, refillMs: 1, answer: 'flood_wait' }])).toThrow();
  limits.configure(reportedLimits);
  expect(limits.model()).toEqual(reportedLimits);
});
