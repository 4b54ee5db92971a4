import { Hono } from 'hono';
import { disableAccount } from '#db/commands/disable-account.ts';
import { enableAccount } from '#db/commands/enable-account.ts';
import { removeAccount } from '#db/commands/remove-account.ts';
import { requestAuthorizationEnd } from '#db/commands/request-authorization-end.ts';
import { requestLogOut } from '#db/commands/request-log-out.ts';
import { requestRefresh } from '#db/commands/request-refresh.ts';
import { requestRightsCheck } from '#db/commands/request-rights-check.ts';
import { resumeAccount } from '#db/commands/resume-account.ts';
import { getAccount } from '#db/queries/get-account.ts';
import { listAccountRights } from '#db/queries/list-account-rights.ts';
import { listAccountPage } from '#db/queries/list-accounts.ts';
import {
  type AccountAnswer,
  type AccountPage,
  accountAnswerSchema,
  accountPageSchema,
  accountParams,
  accountResumeBody,
  authorizationParams,
} from '#miniapp/contract/accounts.ts';
import { communityBody } from '#miniapp/contract/communities.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { accountView } from '../account-views.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { laneView, serverTime } from '../views.ts';

/** The accounts of the workspace: everybody reads how they stand, admins change them. */
export const accountRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Accounts, in the order of their first sign-in',
        role: 'viewer',
        answers: accountPageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'));
        const page = await listAccountPage(ctx, pageWish(c.req.valid('query')));
        const answer: AccountPage = { ...serverTime(deps), ...pageView(page, laneView) };
        return c.json(answer);
      },
    )
    .get(
      '/:accountId',
      door(deps, {
        summary: 'An account with its health, its rights and its use of every limit',
        role: 'viewer',
        answers: accountAnswerSchema,
      }),
      validate('param', accountParams),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'));
        const account = await getAccount(ctx, c.req.valid('param'));
        const rights = await listAccountRights(ctx, c.req.valid('param'));
        const answer: AccountAnswer = { ...serverTime(deps), account: accountView(account, rights) };
        return c.json(answer);
      },
    )
    .post(
      '/:accountId/resume',
      door(deps, { summary: 'Let it act again after repeated spam warnings', role: 'admin' }),
      validate('param', accountParams),
      validate('json', accountResumeBody),
      async (c) => {
        const wish = { ...c.req.valid('param'), ...c.req.valid('json') };
        await resumeAccount(commandContext(deps, c.get('caller')), wish);
        return c.body(null, 204);
      },
    )
    .post(
      '/:accountId/refresh',
      door(deps, { summary: 'Have its profile and sessions read', role: 'operator' }),
      validate('param', accountParams),
      async (c) => {
        await requestRefresh(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 202);
      },
    )
    .post(
      '/:accountId/rights',
      door(deps, { summary: 'Have a community read, to know what it may do there', role: 'operator' }),
      validate('param', accountParams),
      validate('json', communityBody),
      async (c) => {
        const wish = { ...c.req.valid('param'), ...c.req.valid('json') };
        await requestRightsCheck(commandContext(deps, c.get('caller')), wish);
        return c.body(null, 202);
      },
    )
    .post(
      '/:accountId/disable',
      door(deps, { summary: 'Keep its session and never use it', role: 'admin' }),
      validate('param', accountParams),
      async (c) => {
        await disableAccount(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .post(
      '/:accountId/enable',
      door(deps, { summary: 'Use it again', role: 'admin' }),
      validate('param', accountParams),
      async (c) => {
        await enableAccount(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .post(
      '/:accountId/log-out',
      door(deps, { summary: 'End its session at Telegram', role: 'admin', isFresh: true }),
      validate('param', accountParams),
      async (c) => {
        await requestLogOut(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 202);
      },
    )
    .delete(
      '/:accountId/sessions/:hash',
      door(deps, { summary: 'End another session of its at Telegram', role: 'admin', isFresh: true }),
      validate('param', authorizationParams),
      async (c) => {
        await requestAuthorizationEnd(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 202);
      },
    )
    .delete(
      '/:accountId',
      door(deps, {
        summary: 'Take it out of the workspace; its history stays',
        role: 'admin',
        isFresh: true,
      }),
      validate('param', accountParams),
      async (c) => {
        await removeAccount(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    );
