import type { Hono } from 'hono';
import type { ServerEnv } from './env.ts';

/** The methods that a path answers to; none for a path nobody serves. */
export const methodsOf = ({ routes }: Pick<Hono<ServerEnv>, 'routes'>, path: string): string[] => {
  const matching = routes.filter((route) => route.method !== 'ALL' && patternOf(route.path).test(path));
  return [...new Set(matching.map((route) => route.method))].sort();
};

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}/?$`);
