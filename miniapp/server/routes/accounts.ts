import { Hono } from 'hono';
import { disableAccount } from '#db/commands/disable-account.ts';
import { enableAccount } from '#db/commands/enable-account.ts';
import { removeAccount } from '#db/commands/remove-account.ts';
import { requestAuthorizationEnd } from '#db/commands/request-authorization-end.ts';
import { requestLogOut } from '#db/commands/request-log-out.ts';
import { requestRefresh } from '#db/commands/request-refresh.ts';
import { getAccount } from '#db/queries/get-account.ts';
import { getAccountHistory } from '#db/queries/get-account-history.ts';
import { listAccountLog } from '#db/queries/list-account-log.ts';
import { listAccountRights } from '#db/queries/list-account-rights.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { listAuthorizations } from '#db/queries/list-authorizations.ts';
import {
  type AccountAnswer,
  type AccountHistoryAnswer,
  type AccountsAnswer,
  type AuthorizationsAnswer,
  accountParams,
  authorizationParams,
} from '#miniapp/contract/accounts.ts';
import { accountView, authorizationView, historyView } from '../account-views.ts';
import { requireFreshLaunch } from '../auth/require-fresh-launch.ts';
import { requireRole, requireSession } from '../auth/require-session.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitOperator } from '../http/limit-calls.ts';
import { validate } from '../http/validate.ts';
import { laneView, serverTime } from '../views.ts';

const LOG_ROWS = 100;

/** The accounts of the workspace: everybody reads how they stand, admins change them and see their history. */
export const accountRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .use(requireSession(deps))
    .use(limitOperator(deps))
    .get('/', async (c) => {
      const rows = await listAccounts(commandContext(deps, c.get('session')));
      const answer: AccountsAnswer = { ...serverTime(deps), items: rows.map(laneView) };
      return c.json(answer);
    })
    .get('/:accountId', validate('param', accountParams), async (c) => {
      const ctx = commandContext(deps, c.get('session'));
      const account = await getAccount(ctx, c.req.valid('param'));
      const rights = await listAccountRights(ctx, c.req.valid('param'));
      const answer: AccountAnswer = { ...serverTime(deps), account: accountView(account, rights) };
      return c.json(answer);
    })
    .get('/:accountId/history', requireRole('admin'), validate('param', accountParams), async (c) => {
      const ctx = commandContext(deps, c.get('session'));
      const { accountId } = c.req.valid('param');
      const history = await getAccountHistory(ctx, { accountId });
      const log = await listAccountLog(ctx, { accountId, limit: LOG_ROWS });
      const answer: AccountHistoryAnswer = { ...serverTime(deps), ...historyView(history, log) };
      return c.json(answer);
    })
    .get('/:accountId/sessions', validate('param', accountParams), async (c) => {
      const ctx = commandContext(deps, c.get('session'));
      const { readAt, authorizations } = await listAuthorizations(ctx, c.req.valid('param'));
      const answer: AuthorizationsAnswer = {
        ...serverTime(deps),
        readAt: readAt?.toISOString() ?? null,
        items: authorizations.map(authorizationView),
      };
      return c.json(answer);
    })
    .post('/:accountId/refresh', requireRole('operator'), validate('param', accountParams), async (c) => {
      await requestRefresh(commandContext(deps, c.get('session')), c.req.valid('param'));
      return c.body(null, 202);
    })
    .post('/:accountId/disable', requireRole('admin'), validate('param', accountParams), async (c) => {
      await disableAccount(commandContext(deps, c.get('session')), c.req.valid('param'));
      return c.body(null, 204);
    })
    .post('/:accountId/enable', requireRole('admin'), validate('param', accountParams), async (c) => {
      await enableAccount(commandContext(deps, c.get('session')), c.req.valid('param'));
      return c.body(null, 204);
    })
    .post(
      '/:accountId/log-out',
      requireRole('admin'),
      validate('param', accountParams),
      requireFreshLaunch(deps),
      async (c) => {
        await requestLogOut(commandContext(deps, c.get('session')), c.req.valid('param'));
        return c.body(null, 202);
      },
    )
    .delete(
      '/:accountId/sessions/:hash',
      requireRole('admin'),
      validate('param', authorizationParams),
      requireFreshLaunch(deps),
      async (c) => {
        await requestAuthorizationEnd(commandContext(deps, c.get('session')), c.req.valid('param'));
        return c.body(null, 202);
      },
    )
    .delete(
      '/:accountId',
      requireRole('admin'),
      validate('param', accountParams),
      requireFreshLaunch(deps),
      async (c) => {
        await removeAccount(commandContext(deps, c.get('session')), c.req.valid('param'));
        return c.body(null, 204);
      },
    );
