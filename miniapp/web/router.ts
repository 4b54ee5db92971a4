import { useSyncExternalStore } from 'react';

/** Pages of one address each; what `startapp` calls them is the same word. */
const PLAIN = ['communities', 'tasks', 'team'] as const;
/** Pages of one thing: its id stands behind the address, and behind the letter in `startapp`. */
const OF_ONE = [
  { page: 'campaign', address: '/campaigns/', letter: 'c_' },
  { page: 'task', address: '/tasks/', letter: 't_' },
] as const;

/** The pages there are, by their address. */
export type Route =
  | { page: 'campaigns' | 'new-task' | (typeof PLAIN)[number] }
  | { page: (typeof OF_ONE)[number]['page']; id: string };

export const NEW_TASK_PATH = '/tasks/new';

export const campaignPath = (campaignId: string): string => `/campaigns/${campaignId}`;
export const taskPath = (taskId: string): string => `/tasks/${taskId}`;
export const newTaskPath = (communityId: string): string => `${NEW_TASK_PATH}?community=${communityId}`;

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
