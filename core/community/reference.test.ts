import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference, parseReference } from './reference.ts';

const normal = (text: string) => {
  const verdict = parseReference(text);
  return verdict.ok ? formatReference(verdict.value) : verdict.refusal.code;
};

describe('a community reference', () => {
  it.each([
    ['@Group_Name', '@group_name'],
    ['group_name', '@group_name'],
    ['  @name  ', '@name'],
    ['t.me/name', '@name'],
    ['https://t.me/Name/', '@name'],
    ['http://www.t.me/name?start=1', '@name'],
    ['https://telegram.me/name', '@name'],
    ['https://t.me/name/123', '@name'],
    ['https://t.me/s/name', '@name'],
    ['t.me/+AbCdEfGhIjKlMnOp', '+AbCdEfGhIjKlMnOp'],
    ['https://t.me/joinchat/AbCdEfGhIjKlMnOp', '+AbCdEfGhIjKlMnOp'],
    ['+AbCdEfGhIjKlMnOp', '+AbCdEfGhIjKlMnOp'],
    ['tg://resolve?domain=Name', '@name'],
    ['tg://join?invite=AbCdEfGhIjKlMnOp', '+AbCdEfGhIjKlMnOp'],
    ['-1001234567890', '-1001234567890'],
    ['https://t.me/c/1234567890/55', '-1001234567890'],
    ['tg://privatepost?channel=1234567890&post=55', '-1001234567890'],
    ['tg:resolve?domain=name&post=5', '@name'],
    ['tg://resolve?domain=name&start=1', '@name'],
    ['HTTPS://T.ME/Name', '@name'],
    ['https://telegram.dog/name', '@name'],
    ['https://t.me/name?boost', '@name'],
    ['https://t.me/boost/name', '@name'],
    ['name.t.me', '@name'],
    ['https://Group_Name.t.me/55', '@group_name'],
    ['https://t.me/joinchat/AAAAAEabcdef-_123?x=1', '+AAAAAEabcdef-_123'],
    ['https://t.me/+AbCdEfGhIjKlMnOp/', '+AbCdEfGhIjKlMnOp'],
  ])('%s is %s', (text, form) => {
    expect(normal(text)).toBe(form);
  });

  it.each([
    '',
    '@',
    'abc',
    'bad name',
    '1name',
    'name!',
    'https://example.com/name',
    'https://t.me/',
    'https://t.me/+short',
    'https://t.me/share/url',
    'tg://resolve',
    'tg://resolve?phone=79990000000',
    'tg://join',
    'https://t.me/+79990000000',
    '+79990000000',
    'https://t.me/addlist/AbCdEfGhIjKl',
    'https://t.me/c/',
    'https://t.me/joinchat/',
    'https://www.t.me',
    'https://a.name.t.me',
    'name.t.me.evil.com',
    '-1000',
    '-1234567',
    'tg://',
    '-100',
    '-5',
    'https://t.me.evil.com/name',
    `@${'a'.repeat(33)}`,
  ])('%j is malformed', (text) => {
    expect(normal(text)).toBe('community.reference_malformed');
  });

  it('in its normal form reads as itself', () => {
    const forms = fc.oneof(
      fc.stringMatching(/^@[a-z][a-z0-9_]{3,31}$/),
      fc.stringMatching(/^\+[A-Za-z_-][A-Za-z0-9_-]{9,63}$/),
      fc.stringMatching(/^-100[1-9][0-9]{0,15}$/),
    );
    fc.assert(fc.property(forms, (form) => normal(form) === form));
  });

  it('never throws, whatever was typed', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof normal(text) === 'string'));
    fc.assert(fc.property(fc.string(), (text) => typeof normal(`tg://${text}`) === 'string'));
  });
});
