import { translateWith } from '#locales/bundle.ts';
import en from '#locales/en/account-page.ftl?raw';
import enHealth from '#locales/en/health.ftl?raw';
import ru from '#locales/ru/account-page.ftl?raw';
import ruHealth from '#locales/ru/health.ftl?raw';
import type { MoreTexts } from '../../texts/more.tsx';

export const accountTexts: MoreTexts = {
  prefixes: ['account-page-', 'admin-right-', 'account-health', 'health-', 'limit-'],
  in: { en: translateWith('en', [en, enHealth]), ru: translateWith('ru', [ru, ruHealth]) },
};
