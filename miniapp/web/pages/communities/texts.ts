import { translateWith } from '#locales/bundle.ts';
import en from '#locales/en/communities.ftl?raw';
import ru from '#locales/ru/communities.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

export const communitiesTexts: MoreTexts = {
  prefixes: ['communities-'],
  in: { en: translateWith('en', [en]), ru: translateWith('ru', [ru]) },
};
