import { lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

export type PostAnswer = { hasArrived: boolean; answer: string };

const DEADLINE_MS = 10_000;
/** Names of failures that are told to people; whatever else went wrong is `failed`. */
const NAMED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ADDRESS_PRIVATE',
]);

/**
 * Posts JSON, once and without following anybody elsewhere. It connects to the very address that was looked at: every
 * address of the host has to pass `mayReach`, so that a name that points somewhere else by now leads nowhere.
 */
export const postJson = (
  target: { url: string; body: string; headers: Record<string, string> },
  mayReach: (address: string) => boolean,
): Promise<PostAnswer> =>
  new Promise((resolve) => {
    const url = new URL(target.url);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const fail = (error: unknown) => resolve({ hasArrived: false, answer: nameOf(error) });
    if (isIP(host) !== 0 && !mayReach(host)) return fail(addressPrivate());
    const request = (url.protocol === 'https:' ? requestTls : requestPlain)(url, {
      method: 'POST',
      headers: {
        ...target.headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(target.body),
        'user-agent': 'usher',
      },
      lookup: guardedLookup(mayReach),
      // A pooled connection would have been looked at before, under another name.
      agent: false,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      resolve({ hasArrived: status >= 200 && status < 300, answer: String(status) });
    });
    request.end(target.body);
  });

const guardedLookup =
  (mayReach: (address: string) => boolean): LookupFunction =>
  (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const [first] = found;
      if (!first || !found.every(({ address }) => mayReach(address))) return done(addressPrivate(), []);
      if (options.all) return done(null, found);
      return done(null, first.address, first.family);
    });

const addressPrivate = () => Object.assign(new Error('ADDRESS_PRIVATE'), { code: 'ADDRESS_PRIVATE' });

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'ETIMEDOUT';
  const code = 'code' in error ? String(error.code) : '';
  return NAMED.has(code) ? code : 'failed';
};
