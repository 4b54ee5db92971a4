import type { Context, MiddlewareHandler } from 'hono';
import { createRateLimit, type RateLimit } from '../auth/rate-limit.ts';
import type { ServerDeps } from '../deps.ts';
import { addressOf } from './address.ts';
import type { ServerEnv } from './env.ts';
import { limitRate } from './limit-rate.ts';

/** Calls a minute, and for whom they are counted. */
export const CALLS_A_MINUTE = {
  /** Of one address, whatever it asks. */
  address: 3000,
  /** Sign-ins of one address. */
  signIn: 20,
  /** Of one workspace, by whomever. */
  workspace: 600,
  /** Of one person or API token. */
  reading: 120,
  changing: 30,
  /** Of one person to one route that gives out a way in. */
  registration: 10,
} as const;

export type RateLimits = Record<keyof typeof CALLS_A_MINUTE, RateLimit>;

export const createRateLimits = (
  limits: Record<keyof typeof CALLS_A_MINUTE, number> = CALLS_A_MINUTE,
): RateLimits => {
  const of = (name: keyof typeof CALLS_A_MINUTE) =>
    createRateLimit({ limit: limits[name], windowMs: 60_000 });
  return {
    address: of('address'),
    signIn: of('signIn'),
    workspace: of('workspace'),
    reading: of('reading'),
    changing: of('changing'),
    registration: of('registration'),
  };
};

type Limiting = Pick<ServerDeps, 'realNow' | 'limits'>;

/** Takes a turn of a limit, or says when there will be one. */
const take = ({ realNow, limits }: Limiting, name: keyof RateLimits, key: string): void =>
  limitRate(limits[name], key, realNow());

/** Before anything is looked up: `address` for all calls, `signIn` for the door itself. */
export const limitAddress =
  (deps: Limiting, name: 'address' | 'signIn'): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    take(deps, name, addressOf(c));
    await next();
  };

/** Behind `requireCaller`: whoever calls, and all of their workspace together. */
export const limitCaller =
  (deps: Limiting): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    take(deps, 'workspace', c.get('caller').workspaceId);
    take(deps, c.req.method === 'GET' ? 'reading' : 'changing', callerOf(c));
    await next();
  };

/** Behind `requireCaller`: one route of one caller. */
export const limitRoute =
  (deps: Limiting, name: 'registration'): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    take(deps, name, `${callerOf(c)} ${c.req.method} ${c.req.path}`);
    await next();
  };

const callerOf = (c: Context<ServerEnv>): string => {
  const { tokenId, operatorId } = c.get('caller');
  return tokenId ?? operatorId;
};
