import { createContext, useContext } from 'react';
import type { Translate } from '#locales/bundle.ts';
import type { Language } from './load.ts';

/** The words of the person who looks at the page. */
export type Texts = { t: Translate; language: Language };

export const TextsContext = createContext<Texts | undefined>(undefined);

export const useTexts = (): Texts => {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error('no texts around this component');
  return texts;
};

/** Asks for another language; the page changes when its texts are there. */
export const WantLanguageContext = createContext<(language: Language) => void>(() => undefined);
