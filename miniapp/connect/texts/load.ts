import { type Translate, translateWith } from '#locales/bundle.ts';
import type { Language } from '#miniapp/web/texts/load.ts';

const KEPT = 'language';

/** The texts of one language, fetched alone. */
export const loadTexts = async (language: Language): Promise<Translate> => {
  const { default: sources } = language === 'ru' ? await import('./ru.ts') : await import('./en.ts');
  return translateWith(language, sources);
};

/** What the person chose on this page, over a reload too; undefined when they did not. */
export const chosenLanguage = (): Language | undefined => {
  const kept = sessionStorage.getItem(KEPT);
  return kept === 'en' || kept === 'ru' ? kept : undefined;
};

export const keepLanguage = (language: Language): void => sessionStorage.setItem(KEPT, language);
