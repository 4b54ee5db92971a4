import type { MiddlewareHandler } from 'hono';

/** Where Telegram's web clients frame Mini Apps from; the native ones use a view of their own. */
const TELEGRAM_WEB = 'https://web.telegram.org';

/** The page that connects accounts is framed by nobody. */
const STANDS_ALONE = /^\/connect(\/|$)/;

/** On every answer, failures included: own files only, no inline script, framed by Telegram alone or by nobody. */
export const securityHeaders = (hostOrigin: string | undefined): MiddlewareHandler => {
  const policyFor = (framers: string) =>
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${framers}`,
    ].join('; ');
  const framed = policyFor([TELEGRAM_WEB, hostOrigin].filter(Boolean).join(' '));
  const alone = policyFor("'none'");
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', STANDS_ALONE.test(c.req.path) ? alone : framed);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    headers.set('strict-transport-security', 'max-age=31536000');
  };
};
