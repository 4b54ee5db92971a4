import { describe, expect, it } from 'vitest';
import { audienceFilterSchema, type FilteredPerson, matchesFilter } from './filter.ts';
import { parseIdentifier } from './identifier.ts';
import { audienceSourceSchema, typedLines } from './source.ts';

describe('a typed identifier', () => {
  it.each([
    ['123456789', { kind: 'telegram_id', telegramId: '123456789' }],
    [' @Ann_Lee ', { kind: 'username', username: 'ann_lee' }],
    ['ann_lee', { kind: 'username', username: 'ann_lee' }],
    ['https://t.me/ann_lee', { kind: 'username', username: 'ann_lee' }],
    ['+7 (999) 123-45-67', { kind: 'phone', phone: '+79991234567' }],
  ])('%j is read', (text, value) => {
    expect(parseIdentifier(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'target.no_identifier'],
    ['   ', 'target.no_identifier'],
    ['@', 'target.no_identifier'],
    ['Ann Lee', 'target.identifier_malformed'],
    ['0', 'target.identifier_malformed'],
    ['-1001234567890', 'target.identifier_malformed'],
    ['t.me/+AbCdEfGhIjKlMnOp', 'target.identifier_malformed'],
    ['+12', 'target.identifier_malformed'],
    ['99999999999999999999', 'target.identifier_malformed'],
  ])('%j is refused with %s', (text, code) => {
    expect(parseIdentifier(text)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('an audience filter', () => {
  const person: FilteredPerson = {
    username: 'ann',
    isBot: false,
    isDeleted: false,
    isScam: false,
    isPremium: false,
    hasPhoto: true,
    lastSeen: 'recently',
    isAdminSomewhere: false,
  };
  const passes = (wishes: object, facts: Partial<FilteredPerson> = {}) =>
    matchesFilter({ ...person, ...facts }, audienceFilterSchema.parse(wishes));

  it('keeps ordinary people when it wishes nothing', () => {
    expect(passes({})).toBe(true);
    expect(passes({}, { username: null, hasPhoto: false, lastSeen: 'unknown' })).toBe(true);
  });

  it.each([
    ['isBot', 'keepsBots'],
    ['isDeleted', 'keepsDeleted'],
    ['isScam', 'keepsScam'],
    ['isAdminSomewhere', 'keepsAdmins'],
  ])('leaves out %s unless %s', (fact, wish) => {
    expect(passes({}, { [fact]: true })).toBe(false);
    expect(passes({ [wish]: true }, { [fact]: true })).toBe(true);
  });

  it('wants what it wishes', () => {
    expect(passes({ hasUsername: true }, { username: null })).toBe(false);
    expect(passes({ hasUsername: false })).toBe(false);
    expect(passes({ hasPhoto: true }, { hasPhoto: false })).toBe(false);
    expect(passes({ isPremium: true })).toBe(false);
    expect(passes({ lastSeen: ['online', 'recently'] })).toBe(true);
    expect(passes({ lastSeen: ['week'] })).toBe(false);
  });
});

describe('an audience source', () => {
  it('numbers typed lines as they were typed and keeps the empty ones between', () => {
    expect(typedLines('@ann\r\n\n 123 \n\n')).toEqual([
      { line: 1, text: '@ann' },
      { line: 2, text: '' },
      { line: 3, text: '123' },
    ]);
    expect(typedLines(' \n ')).toEqual([]);
  });

  it('takes people to be collected unless told otherwise', () => {
    expect(audienceSourceSchema.parse({}).typedBasis).toBe('collected');
  });
});
