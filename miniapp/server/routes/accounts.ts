import { Hono } from 'hono';
import type { LimitUse } from '#core/account/limits.ts';
import { resumeAccount } from '#db/commands/resume-account.ts';
import { getAccount } from '#db/queries/get-account.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import {
  type AccountAnswer,
  type AccountsAnswer,
  accountAnswerSchema,
  accountParams,
  accountResumeBody,
  accountsAnswerSchema,
} from '#miniapp/contract/accounts.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { lane, serverTime } from '../views.ts';

/** The workspace's Telegram accounts: how each stands, and what it has used of its limits. */
export const accountRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Accounts, in the order of their first sign-in',
        role: 'viewer',
        answers: accountsAnswerSchema,
      }),
      async (c) => {
        const rows = await listAccounts({ db: deps.db, workspaceId: c.get('caller').workspaceId });
        const answer: AccountsAnswer = {
          ...serverTime(deps),
          items: rows.map(lane),
          total: rows.length,
        };
        return c.json(answer);
      },
    )
    .get(
      '/:accountId',
      door(deps, {
        summary: 'An account with its health and its use of every limit',
        role: 'viewer',
        answers: accountAnswerSchema,
      }),
      validate('param', accountParams),
      async (c) => {
        const row = await getAccount(commandContext(deps, c.get('caller')), c.req.valid('param'));
        const { health, limits, communities } = row;
        const answer: AccountAnswer = {
          ...serverTime(deps),
          account: {
            ...lane(row),
            health,
            limits: limits.map(limitUse),
            communities: communities.map((place) => ({ ...place, limits: place.limits.map(limitUse) })),
          },
        };
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
    );

const limitUse = ({ roomAt, ...use }: LimitUse) => ({ ...use, roomAt: roomAt?.toISOString() ?? null });
