import { translateWith } from '#locales/bundle.ts';
import en from '#locales/en/team.ftl?raw';
import ru from '#locales/ru/team.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

export const teamTexts: MoreTexts = {
  prefixes: ['team-'],
  in: { en: translateWith('en', [en]), ru: translateWith('ru', [ru]) },
};
