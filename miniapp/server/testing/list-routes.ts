import type { TestServer } from './test-server.ts';

/** Every route the app serves but those of the page that connects accounts, as the app itself lists them. */
export const listRoutes = ({ routes }: TestServer['app']): { method: string; path: string }[] => {
  const seen = new Map(
    routes
      .filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/connect/'))
      .map(({ method, path }) => [`${method} ${path}`, { method, path }]),
  );
  return [...seen.values()];
};
