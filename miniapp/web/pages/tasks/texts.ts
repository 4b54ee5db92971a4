import { translateWith } from '#locales/bundle.ts';
import refusalsEn from '#locales/en/people.ftl?raw';
import en from '#locales/en/tasks.ftl?raw';
import refusalsRu from '#locales/ru/people.ftl?raw';
import ru from '#locales/ru/tasks.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

export const tasksTexts: MoreTexts = {
  prefixes: ['tasks-', 'refusal-parse-task-', 'refusal-file-', 'refusal-export-'],
  in: { en: translateWith('en', [en, refusalsEn]), ru: translateWith('ru', [ru, refusalsRu]) },
};
