import { translateWith } from '#locales/bundle.ts';
import enApi from '#locales/en/api.ftl?raw';
import en from '#locales/en/settings.ftl?raw';
import ruApi from '#locales/ru/api.ftl?raw';
import ru from '#locales/ru/settings.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

export const settingsTexts: MoreTexts = {
  prefixes: ['settings-', 'api-', 'refusal-call-'],
  in: { en: translateWith('en', [en, enApi]), ru: translateWith('ru', [ru, ruApi]) },
};
