import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Salts } from './salts.ts';

const hourMs = 3_600_000;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a salt gives way after half an hour and is refused after a whole one', () => {
  const salts = new Salts(7n);
  expect([salts.current(), salts.accepts(7n), salts.accepts(8n)]).toEqual([7n, true, false]);
  vi.advanceTimersByTime(hourMs * 0.5);
  expect(salts.current()).not.toBe(7n);
  expect(salts.accepts(7n)).toBe(true);
  vi.advanceTimersByTime(hourMs * 0.5);
  expect(salts.accepts(7n)).toBe(false);
});

test('a salt handed out for later is good then, and not before', () => {
  const salts = new Salts(7n);
  const second = salts.future(3)[1];
  if (!second) throw new Error('no second salt');
  expect(salts.accepts(second.salt)).toBe(false);
  vi.advanceTimersByTime(hourMs * 0.5);
  expect([salts.accepts(second.salt), salts.current()]).toEqual([true, second.salt]);
});

test('a key unused for days has a good salt at once', () => {
  const salts = new Salts(7n);
  vi.advanceTimersByTime(hourMs * 100);
  expect(salts.accepts(salts.current())).toBe(true);
  expect(salts.accepts(7n)).toBe(false);
});

test('renewed salts replace those before', () => {
  const salts = new Salts(7n);
  salts.renew();
  expect(salts.accepts(7n)).toBe(false);
  expect(salts.accepts(salts.current())).toBe(true);
});
