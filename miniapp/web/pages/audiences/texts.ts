import { translateWith } from '#locales/bundle.ts';
import en from '#locales/en/audiences.ftl?raw';
import enPeople from '#locales/en/people.ftl?raw';
import ru from '#locales/ru/audiences.ftl?raw';
import ruPeople from '#locales/ru/people.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

/** Of audiences, files of people and suppressions, with what may be refused there. */
export const audienceTexts: MoreTexts = {
  prefixes: ['audiences-', 'refusal-parse-task-', 'refusal-file-', 'refusal-export-'],
  in: { en: translateWith('en', [en, enPeople]), ru: translateWith('ru', [ru, ruPeople]) },
};
