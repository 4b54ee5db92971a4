import { describe, expect, it } from 'vitest';
import { readFileRow } from './file-reading.ts';
import { audienceFilterSchema, type FilteredPerson, matchesFilter } from './filter.ts';
import { parseIdentifier } from './identifier.ts';
import { phonePattern } from './phone.ts';
import { audienceSourceSchema, typedLines } from './source.ts';

describe('a typed identifier', () => {
  it.each([
    ['123456789', { kind: 'telegram_id', telegramId: '123456789' }],
    [' @Ann_Lee ', { kind: 'username', username: 'ann_lee' }],
    ['ann_lee', { kind: 'username', username: 'ann_lee' }],
    ['https://t.me/ann_lee', { kind: 'username', username: 'ann_lee' }],
    ['+7 (999) 123-45-67', { kind: 'phone', phone: '+79991234567' }],
    ['+49.151\u00a0234\u20115678', { kind: 'phone', phone: '+491512345678' }],
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
    ['+12', 'target.phone_malformed'],
    ['+0151 2345678', 'target.phone_malformed'],
    ['+7 999 123-45-67 890 123 4', 'target.phone_malformed'],
    ['8 (999) 123-45-67', 'target.phone_malformed'],
    ['0049 151 2345678', 'target.phone_malformed'],
    ['99999999999999999999', 'target.identifier_malformed'],
  ])('%j is refused with %s', (text, code) => {
    expect(parseIdentifier(text)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('a phone number', () => {
  const isFoundIn = (text: string) =>
    new RegExp(`(^|\\W)(${phonePattern('+79991234567')})(\\W|$)`).test(text);

  it.each(['+7 (999) 123-45-67', '79991234567', '[["Ann","+7.999.123.45.67"]]'])('is found in %j', (text) => {
    expect(isFoundIn(text)).toBe(true);
  });

  it.each(['+7 (999) 123-45-678', '179991234567', '+7 (999) 123-45'])('is not found in %j', (text) => {
    expect(isFoundIn(text)).toBe(false);
  });
});

describe('a row of a file', () => {
  const mapping = { telegramId: 0, username: 1, phone: 2 };
  const nobody = { telegramId: null, username: null, phone: null, firstName: null, lastName: null };

  it('is a person by whichever identifier can be read', () => {
    const read = (...cells: string[]) => readFileRow(cells, mapping);
    expect(read('7', '@Ann_Lee', "'+7 999 123-45-67")).toEqual({
      ok: true,
      value: { ...nobody, telegramId: '7', username: 'ann_lee', phone: '+79991234567' },
    });
    expect(read('', '', '+79991234567')).toEqual({ ok: true, value: { ...nobody, phone: '+79991234567' } });
    expect(read('7', '', '8 999 123')).toEqual({ ok: true, value: { ...nobody, telegramId: '7' } });
  });

  it('does not take a number without its country for a Telegram id', () => {
    expect(readFileRow(['', '', '89991234567'], mapping)).toMatchObject({
      ok: false,
      refusal: { code: 'target.phone_malformed' },
    });
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
