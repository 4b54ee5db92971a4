import type { Route } from './router.ts';

/**
 * The panel's sections in the order of the bar. A new one is a line here with its page in `router.ts`, its word in
 * `web.ftl`, and its path among the pages that `miniapp/server/web-files.ts` answers.
 */
export const SECTIONS: readonly { path: string; label: string; pages: readonly Route['page'][] }[] = [
  { path: '/', label: 'web-campaigns', pages: ['campaigns', 'campaign'] },
  { path: '/communities', label: 'web-communities', pages: ['communities'] },
  { path: '/tasks', label: 'web-tasks', pages: ['tasks', 'new-task', 'task'] },
  { path: '/audiences', label: 'web-audiences', pages: ['audiences', 'imports', 'import', 'suppressions'] },
  { path: '/accounts', label: 'web-accounts', pages: ['accounts', 'account'] },
  { path: '/team', label: 'web-team', pages: ['team'] },
  { path: '/settings', label: 'web-settings', pages: ['settings'] },
];

/** Where a page belongs. */
export const sectionOf = (page: Route['page']) => SECTIONS.find(({ pages }) => pages.includes(page));
