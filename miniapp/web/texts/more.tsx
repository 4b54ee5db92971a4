import type { ReactNode } from 'react';
import type { Translate } from '#locales/bundle.ts';
import { TextsContext, useTexts } from './context.ts';
import type { Language } from './load.ts';

/** Words that come with a page instead of with the first load; all their keys begin with `prefix`, or one of them. */
export type MoreTexts = { prefix: string | readonly string[]; in: Record<Language, Translate> };

/** Gives everything below it the words of a page beside those it has. */
export const WithTexts = ({ more, children }: { more: MoreTexts; children: ReactNode }) => {
  const { t, language } = useTexts();
  const isHeld = (key: string) => [more.prefix].flat().some((prefix) => key.startsWith(prefix));
  const both: Translate = (key, facts) => (isHeld(key) ? more.in[language] : t)(key, facts);
  return <TextsContext value={{ t: both, language }}>{children}</TextsContext>;
};
