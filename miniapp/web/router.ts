import { useSyncExternalStore } from 'react';

/** Pages of one address each; what `startapp` calls them is the same word. */
const PLAIN = ['communities', 'tasks', 'audiences', 'suppressions', 'accounts', 'team', 'settings'] as const;
/** Pages of one thing: its id stands behind the address, and behind the letter in `startapp`. */
const OF_ONE = [
  { page: 'campaign', address: '/campaigns/', letter: 'c_' },
  { page: 'task', address: '/tasks/', letter: 't_' },
  { page: 'account', address: '/accounts/', letter: 'a_' },
  { page: 'import', address: '/audiences/import/', letter: 'f_' },
] as const;

/** The pages there are, by their address. */
export type Route =
  | { page: 'campaigns' | 'new-task' | 'imports' | (typeof PLAIN)[number] }
  | { page: (typeof OF_ONE)[number]['page']; id: string };

export const NEW_TASK_PATH = '/tasks/new';
export const ACCOUNTS_PATH = '/accounts';
export const AUDIENCES_PATH = '/audiences';
export const IMPORT_PATH = '/audiences/import';
export const SUPPRESSIONS_PATH = '/suppressions';

export const campaignPath = (campaignId: string): string => `/campaigns/${campaignId}`;
export const taskPath = (taskId: string): string => `/tasks/${taskId}`;
export const newTaskPath = (communityId: string): string => `${NEW_TASK_PATH}?community=${communityId}`;
export const accountPath = (accountId: string): string => `${ACCOUNTS_PATH}/${accountId}`;
export const importPath = (fileId: string): string => `${IMPORT_PATH}/${fileId}`;

/** The page to begin with: `startapp=c_<id>` opens a campaign, `team` the team, anything else the address as it is. */
export const openStartParam = (startParam = ''): void => {
  const thing = OF_ONE.find(({ letter }) => startParam.startsWith(letter));
  const id = thing && /^[0-9a-f-]{36}$/.exec(startParam.slice(thing.letter.length))?.[0];
  const plain = PLAIN.find((page) => page === startParam);
  const path = thing && id ? thing.address + id : plain && `/${plain}`;
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

const routeOf = (path: string): Route => {
  if (path === NEW_TASK_PATH) return { page: 'new-task' };
  if (path === IMPORT_PATH) return { page: 'imports' };
  const plain = PLAIN.find((page) => path === `/${page}`);
  if (plain) return { page: plain };
  const thing = OF_ONE.find(({ address }) => path.startsWith(address));
  return thing ? { page: thing.page, id: path.slice(thing.address.length) } : { page: 'campaigns' };
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
