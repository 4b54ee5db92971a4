import { Hono } from 'hono';
import { getAccountHistory } from '#db/queries/get-account-history.ts';
import { listAccountLog } from '#db/queries/list-account-log.ts';
import { listAuthorizations } from '#db/queries/list-authorizations.ts';
import {
  type AccountHistoryAnswer,
  type AccountLogPage,
  type AuthorizationsAnswer,
  accountHistorySchema,
  accountLogPageSchema,
  accountParams,
  authorizationsAnswerSchema,
} from '#miniapp/contract/accounts.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { accountLogItem, authorizationView, historyView } from '../account-views.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** What is known of an account beyond how it stands: what came of it, who did what with it, where it is signed in. */
export const accountRecordRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/:accountId/history',
      door(deps, {
        summary: 'What came of its calls, and what went wrong',
        role: 'admin',
        answers: accountHistorySchema,
      }),
      validate('param', accountParams),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'));
        const history = await getAccountHistory(ctx, c.req.valid('param'));
        const answer: AccountHistoryAnswer = { ...serverTime(deps), ...historyView(history) };
        return c.json(answer);
      },
    )
    .get(
      '/:accountId/log',
      door(deps, {
        summary: 'Who did what with it, newest first',
        role: 'admin',
        answers: accountLogPageSchema,
      }),
      validate('param', accountParams),
      validate('query', pageQuery),
      async (c) => {
        const wish = { ...c.req.valid('param'), ...pageWish(c.req.valid('query'), 'number') };
        const page = await listAccountLog(commandContext(deps, c.get('caller')), wish);
        const answer: AccountLogPage = { ...serverTime(deps), ...pageView(page, accountLogItem) };
        return c.json(answer);
      },
    )
    .get(
      '/:accountId/sessions',
      door(deps, {
        summary: 'Its sessions at Telegram, as they were last read',
        role: 'viewer',
        answers: authorizationsAnswerSchema,
      }),
      validate('param', accountParams),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'));
        const { readAt, authorizations } = await listAuthorizations(ctx, c.req.valid('param'));
        const answer: AuthorizationsAnswer = {
          ...serverTime(deps),
          readAt: readAt?.toISOString() ?? null,
          items: authorizations.map(authorizationView),
          total: authorizations.length,
        };
        return c.json(answer);
      },
    );
