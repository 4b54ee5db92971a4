import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#core/duration.ts';
import { translateWith } from './bundle.ts';
import { formatDuration } from './duration.ts';
import { createTranslate } from './translate.ts';

const en = createTranslate('en');
const ru = createTranslate('ru');

describe('a translation', () => {
  it('throws on a text nobody wrote', () => {
    expect(() => en('no-such-text')).toThrow('no text "no-such-text" in en');
    expect(() => en('error-timeout.no-such-part')).toThrow('no text');
  });

  it('throws on a placeable nobody filled', () => {
    expect(() => en('people-count')).toThrow('people-count');
  });

  it('takes vocabulary values into its key as they are', () => {
    expect(en('account-status-signed_out')).toBe('signed out');
  });

  it('reads attributes', () => {
    expect(en('error-peer-flood.label')).toBe('spam warning');
  });

  it('adds no invisible marks around what it fills in', () => {
    const t = translateWith('en', ['hello = Hello, { $name }!']);
    expect(t('hello', { name: 'Ann' })).toBe('Hello, Ann!');
  });

  it('refuses two texts for one key', () => {
    expect(() => translateWith('en', ['a = 1', 'a = 2'])).toThrow();
  });
});

describe('Russian plurals', () => {
  it.each([
    [1, '1 человек'],
    [2, '2 человека'],
    [5, '5 человек'],
    [11, '11 человек'],
    [21, '21 человек'],
    [22, '22 человека'],
    [112, '112 человек'],
    [1.5, '1,5 человека'],
  ])('of %d people', (count, text) => {
    expect(ru('people-count', { count })).toBe(text);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [40 * SECOND_MS, '40 s'],
    [12 * MINUTE_MS, '12 min'],
    [HOUR_MS + 5 * SECOND_MS, '1 h'],
    [2 * DAY_MS + 3 * HOUR_MS + 59 * MINUTE_MS, '2 d 3 h'],
  ])('of %d ms names its two largest units', (ms, text) => {
    expect(formatDuration(en, ms)).toBe(text);
  });

  it('speaks Russian too', () => {
    expect(formatDuration(ru, 2 * DAY_MS + 3 * HOUR_MS)).toBe('2 дн. 3 ч');
  });
});
