import type { ReactNode } from 'react';
import type { Translate } from '#locales/bundle.ts';
import { TextsContext, useTexts } from './context.ts';
import type { Language } from './load.ts';

/** Words that come with a page instead of with the first load; their keys begin with one of `prefixes`. */
export type MoreTexts = { prefixes: readonly string[]; in: Record<Language, Translate> };

/** Gives everything below it the words of a page beside those it has. */
export const WithTexts = ({ more, children }: { more: MoreTexts; children: ReactNode }) => {
  const { t, language } = useTexts();
  const both: Translate = (key, facts) =>
    (more.prefixes.some((prefix) => key.startsWith(prefix)) ? more.in[language] : t)(key, facts);
  return <TextsContext value={{ t: both, language }}>{children}</TextsContext>;
};
