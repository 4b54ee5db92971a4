import type { MiddlewareHandler } from 'hono';

/** Where Telegram's web clients frame Mini Apps from; the native ones use a view of their own. */
const TELEGRAM_WEB = 'https://web.telegram.org';

/** The same headers on every answer, failures included: own files only, no inline script, framed by Telegram alone. */
export const securityHeaders = (hostOrigin: string | undefined): MiddlewareHandler => {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${[TELEGRAM_WEB, hostOrigin].filter(Boolean).join(' ')}`,
  ].join('; ');
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', policy);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    headers.set('strict-transport-security', 'max-age=31536000');
  };
};
