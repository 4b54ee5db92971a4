import { useSyncExternalStore } from 'react';

/** The pages there are, by their address. */
export type Route =
  | { page: 'campaigns' }
  | { page: 'campaign'; campaignId: string }
  | { page: 'team' }
  | { page: 'accounts' }
  | { page: 'account'; accountId: string }
  | { page: 'settings' }
  | { page: 'audiences' }
  | { page: 'import'; fileId: string | undefined }
  | { page: 'suppressions' };

export const TEAM_PATH = '/team';
export const ACCOUNTS_PATH = '/accounts';
export const SETTINGS_PATH = '/settings';
export const AUDIENCES_PATH = '/audiences';
export const IMPORT_PATH = '/audiences/import';
export const SUPPRESSIONS_PATH = '/suppressions';

export const campaignPath = (campaignId: string): string => `/campaigns/${campaignId}`;
export const accountPath = (accountId: string): string => `${ACCOUNTS_PATH}/${accountId}`;
export const importPath = (fileId: string): string => `${IMPORT_PATH}/${fileId}`;

/**
 * The page to begin with: `startapp=c_<id>` opens a campaign, `a_<id>` an account, the name of a page that page, anything
 * else the address as it is.
 */
export const openStartParam = (startParam = ''): void => {
  const [, letter, id] = /^([ac])_([0-9a-f-]{36})$/.exec(startParam) ?? [];
  const named = /^(team|accounts|settings|audiences|suppressions)$/.test(startParam) && `/${startParam}`;
  const path = id ? (letter === 'a' ? accountPath(id) : campaignPath(id)) : named;
  if (path && location.pathname === '/') navigate(path, { replaces: true });
};

/** Shows another page, from its top. */
export const navigate = (path: string, { replaces = false } = {}): void => {
  if (replaces) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.scrollTo(0, 0);
  for (const listener of listeners) listener();
};

export const useRoute = (): Route => routeOf(useSyncExternalStore(subscribe, () => location.pathname));

/** Where the back button leads from a page; undefined on the first. */
export const pathAbove = ({ page }: Route): string | undefined => {
  if (page === 'account') return ACCOUNTS_PATH;
  if (page === 'import') return AUDIENCES_PATH;
  return page === 'campaigns' ? undefined : '/';
};

const routeOf = (path: string): Route => {
  const [, first, second, third] = path.split('/');
  if (first === 'campaigns' && second) return { page: 'campaign', campaignId: second };
  if (first === 'accounts') return second ? { page: 'account', accountId: second } : { page: first };
  if (first === 'audiences') return second === 'import' ? { page: second, fileId: third } : { page: first };
  if (first === 'team' || first === 'settings' || first === 'suppressions') return { page: first };
  return { page: 'campaigns' };
};

const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};
