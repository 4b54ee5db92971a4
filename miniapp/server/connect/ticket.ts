import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { CONNECT_PAGE_MS } from '#core/account/sign-in.ts';
import { Refused } from '#core/refusals.ts';
import { includesRole } from '#core/roles.ts';
import { Secret } from '#core/secret.ts';
import { type ConnectPage, findConnectPage, hashOf } from '#db/connect-pages.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';

const COOKIE = 'usher_connect';
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export type OpenPage = ConnectPage & { ticket: Secret };

/** The ticket of the page's cookie; undefined when there is none that could be one. */
export const readTicket = (c: Context<ServerEnv>): Secret | undefined => {
  const value = getCookie(c, COOKIE);
  return value && /^[\w-]{43}$/.test(value) ? new Secret(value) : undefined;
};

/** Scripts never see it, other sites never send it, and it leaves the machine encrypted only. */
export const writeTicket = (c: Context<ServerEnv>, ticket: Secret): void =>
  setCookie(c, COOKIE, ticket.reveal(), {
    path: '/connect',
    httpOnly: true,
    sameSite: 'Strict',
    secure: !LOOPBACK.includes(new URL(c.req.url).hostname),
    maxAge: CONNECT_PAGE_MS / 1000,
  });

/** The open page behind a ticket, whose operator may still connect accounts. Throws `connect.page_ended`, `forbidden`. */
export const getPage = async (
  { db }: Pick<ServerDeps, 'db'>,
  ticket: Secret | undefined,
): Promise<OpenPage> => {
  const page = ticket && (await findConnectPage(db, { ticketHash: hashOf(ticket) }));
  if (!ticket || !page) throw new Refused('connect.page_ended');
  if (!includesRole(page.role, 'admin')) throw new Refused('forbidden');
  return { ...page, ticket };
};

/** Lets a request of an open page through. */
export const requirePage =
  (deps: Pick<ServerDeps, 'db'>): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    c.set('page', await getPage(deps, readTicket(c)));
    await next();
  };
