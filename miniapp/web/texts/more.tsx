import type { ReactNode } from 'react';
import type { Translate } from '#locales/bundle.ts';
import { TextsContext, useTexts } from './context.ts';
import type { Language } from './load.ts';

/** Words that come with a page instead of with the first load; all their keys begin with `prefix`. */
export type MoreTexts = { prefix: string; in: Record<Language, Translate> };

/** Gives everything below it the words of a page beside those it has. */
export const WithTexts = ({ more, children }: { more: MoreTexts; children: ReactNode }) => {
  const { t, language } = useTexts();
  const both: Translate = (key, facts) => (key.startsWith(more.prefix) ? more.in[language] : t)(key, facts);
  return <TextsContext value={{ t: both, language }}>{children}</TextsContext>;
};
