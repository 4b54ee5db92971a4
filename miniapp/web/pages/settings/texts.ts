import { translateWith } from '#locales/bundle.ts';
import enApi from '#locales/en/api.ftl?raw';
import enPeople from '#locales/en/people.ftl?raw';
import en from '#locales/en/settings.ftl?raw';
import ruApi from '#locales/ru/api.ftl?raw';
import ruPeople from '#locales/ru/people.ftl?raw';
import ru from '#locales/ru/settings.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

export const settingsTexts: MoreTexts = {
  prefixes: ['settings-', 'api-', 'refusal-call-', 'refusal-retention-', 'refusal-person-'],
  in: { en: translateWith('en', [en, enApi, enPeople]), ru: translateWith('ru', [ru, ruApi, ruPeople]) },
};
