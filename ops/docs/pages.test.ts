import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CATALOGUED_ERRORS } from '#core/telegram/error-catalogue.ts';
import { errorsPage } from './errors-page.ts';
import { PAGES } from './pages.ts';

it.each(PAGES)('$path says what the code says; `npm run docs` makes it anew', ({ path, text }) => {
  expect(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')).toBe(text());
});

it('the page of errors has a row for each, with nothing left out', () => {
  const rows = errorsPage('en')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(CATALOGUED_ERRORS.length);
  for (const row of rows) expect(row.split(' | ').every((cell) => cell.trim() !== '')).toBe(true);
});
