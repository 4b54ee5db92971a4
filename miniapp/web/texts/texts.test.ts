import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTranslate, readSources } from '#locales/translate.ts';
import {
  API_PROBLEMS,
  API_REFUSALS,
  isPeopleRefusal,
  PROBLEM_CODES,
  problemKey,
} from '#miniapp/contract/problem-codes.ts';
import { formatAgo, formatPercent, formatTimer, nameOf } from './format.ts';
import { loadTexts } from './load.ts';

const webRoot = new URL('..', import.meta.url).pathname;
const sources = readdirSync(webRoot, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/dist|testing|\.test\.|\.e2e\./.test(path))
  .map((path) => readFileSync(join(webRoot, path), 'utf8'))
  .join('\n');

describe.each(['en', 'ru'] as const)('the texts of the page in %s', (language) => {
  it('have a sentence for every problem the server can answer', async () => {
    const t = await loadTexts(language);
    const facts = { field: 'rampFirstDay', value: 6, bound: 5, until: '2026-03-10 12:00 UTC' };
    const elsewhere: readonly string[] = [
      ...API_PROBLEMS,
      ...API_REFUSALS,
      ...PROBLEM_CODES.filter(isPeopleRefusal),
    ];
    for (const code of PROBLEM_CODES) {
      const say = elsewhere.includes(code) ? createTranslate(language) : t;
      expect(say(problemKey(code), facts)).toMatch(/\.$/);
    }
  });

  it.each(['web', 'team', 'account-page', 'settings', 'audiences', 'communities', 'tasks'])(
    'hold every key of %s that the page names, and none it does not',
    (file) => {
      const text = readSources(language).find(({ name }) => name === `${file}.ftl`)?.text ?? '';
      const held = [...text.matchAll(/^([\w-]+) =/gm)]
        .map(([, key]) => key ?? '')
        .filter((key) => key.startsWith(`${file}-`));
      const named = [...sources.matchAll(new RegExp(`['\`](${file}-[^'\`]+)['\`]`, 'g'))]
        .filter(([, key]) => key !== `${file}-`)
        .map(([, key = '']) => new RegExp(`^${key.replaceAll(/\$\{\w+\}/g, '[\\w-]+')}$`));
      expect(held.filter((key) => !named.some((name) => name.test(key)))).toEqual([]);
      expect(named.filter((name) => !held.some((key) => name.test(key))).map(String)).toEqual([]);
    },
  );
});

it('puts times, shares and names as people do', async () => {
  const [en, ru] = [await loadTexts('en'), await loadTexts('ru')];
  expect([0, 61_000, 3_700_000, 90_000_000].map((ms) => formatAgo(en, ms))).toEqual([
    'just now',
    '1 min ago',
    '1 h ago',
    '1 d ago',
  ]);
  expect([999, 61_000, 11_349_000, 93_600_000].map((ms) => formatTimer(ru, ms))).toEqual([
    '0:01',
    '1:01',
    '3:09:09',
    '1 дн. 2 ч',
  ]);
  expect([formatPercent('en', 51), formatPercent('ru', 51)]).toEqual(['51%', '51\u00a0%']);
  expect([nameOf({ name: 'Ada', username: 'ada' }), nameOf({ name: 'Ada', username: null })]).toEqual([
    '@ada',
    'Ada',
  ]);
});
