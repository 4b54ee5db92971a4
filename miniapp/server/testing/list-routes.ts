import type { TestServer } from './test-server.ts';

/** Every route the app serves, as the app itself lists them. */
export const listRoutes = ({ routes }: TestServer['app']): { method: string; path: string }[] => {
  const seen = new Map(
    routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => [`${method} ${path}`, { method, path }]),
  );
  return [...seen.values()];
};
