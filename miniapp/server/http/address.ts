import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { ServerEnv } from './env.ts';

/** The address of the other end of the connection. */
export const addressOf = (c: Context<ServerEnv>): string => getConnInfo(c).remote.address ?? 'unknown';
