import type { MiddlewareHandler } from 'hono';
import { ControlError } from './control-error.ts';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/**
 * Lets only this machine in, by its own name: another Host is a page that rebinds its DNS name to us, another
 * Origin a page that posts to us unasked.
 */
export const guardLoopback: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (!LOOPBACK.test(host)) {
    throw new ControlError(403, 'host.refused', 'control answers on loopback only');
  }
  const origin = context.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new ControlError(403, 'origin.refused', 'control does not answer to other pages');
  }
  await next();
};
