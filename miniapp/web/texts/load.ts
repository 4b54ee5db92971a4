import { type Translate, translateWith } from '#locales/bundle.ts';
import type { Me } from '#miniapp/contract/session.ts';

export type Language = Me['operator']['language'];

/** The texts of one language, fetched alone. */
export const loadTexts = async (language: Language): Promise<Translate> => {
  const { default: sources } = language === 'ru' ? await import('./ru.ts') : await import('./en.ts');
  return translateWith(language, sources);
};

/** The nearest language we speak. */
export const pickLanguage = (code: string | undefined): Language => (code?.startsWith('ru') ? 'ru' : 'en');
