import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from '#locales/translate.ts';
import {
  API_PROBLEMS,
  API_REFUSALS,
  isPeopleRefusal,
  PROBLEM_CODES,
  problemKey,
} from '#miniapp/contract/problem-codes.ts';
import { loadTexts } from './load.ts';

const root = new URL('..', import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/dist|testing|\.test\.|\.e2e\./.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

describe.each(['en', 'ru'] as const)('the texts of the page in %s', (language) => {
  it('have a sentence for every problem the server can answer to a page', async () => {
    const t = await loadTexts(language);
    const facts = { field: 'rampFirstDay', value: 6, bound: 5, until: '2026-03-10 12:00 UTC' };
    const elsewhere: readonly string[] = [
      ...API_PROBLEMS,
      ...API_REFUSALS,
      ...PROBLEM_CODES.filter(isPeopleRefusal),
    ];
    for (const code of PROBLEM_CODES)
      if (!elsewhere.includes(code)) expect(t(problemKey(code), facts)).toMatch(/\.$/);
  });

  it('hold every key the page names, and none it does not', () => {
    const text = readSources(language).find(({ name }) => name === 'connect.ftl')?.text ?? '';
    const held = [...text.matchAll(/^(sign-in-[\w-]+) =/gm)].map(([, key]) => key ?? '');
    const named = [...sources.matchAll(/['`](sign-in-[^'`]+)['`]/g)].map(
      ([, key = '']) => new RegExp(`^${key.replaceAll(/\$\{\w+\}/g, '[\\w-]+')}$`),
    );
    expect(held.filter((key) => !named.some((name) => name.test(key)))).toEqual([]);
    expect(named.filter((name) => !held.some((key) => name.test(key))).map(String)).toEqual([]);
  });
});
