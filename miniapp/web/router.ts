import { useSyncExternalStore } from 'react';

/** The pages there are, by their address. */
export type Route = { page: 'campaigns' } | { page: 'campaign'; campaignId: string } | { page: 'team' };

export const TEAM_PATH = '/team';

export const campaignPath = (campaignId: string): string => `/campaigns/${campaignId}`;

/** The page to begin with: `startapp=c_<id>` opens a campaign, `team` the team, anything else the address as it is. */
export const openStartParam = (startParam: string | undefined): void => {
  const [, campaignId] = /^c_([0-9a-f-]{36})$/.exec(startParam ?? '') ?? [];
  const path = campaignId ? campaignPath(campaignId) : startParam === 'team' ? TEAM_PATH : undefined;
  if (path && location.pathname === '/') navigate(path, { replaces: true });
};

/** Shows another page, from its top. */
export const navigate = (path: string, { replaces = false } = {}): void => {
  if (replaces) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.scrollTo(0, 0);
  for (const listener of listeners) listener();
};

export const useRoute = (): Route => {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  if (path === TEAM_PATH) return { page: 'team' };
  const [, campaignId] = /^\/campaigns\/([^/]+)$/.exec(path) ?? [];
  return campaignId ? { page: 'campaign', campaignId } : { page: 'campaigns' };
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
