import { errorsPage } from './errors-page.ts';

/** Pages that are made from the code; a test fails when one is out of date. */
export const PAGES: readonly { path: string; text(): string }[] = [
  { path: 'docs/errors.md', text: () => errorsPage('en') },
  { path: 'docs/errors.ru.md', text: () => errorsPage('ru') },
];
