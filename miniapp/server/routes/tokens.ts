import { Hono } from 'hono';
import { DAY_MS, later } from '#core/duration.ts';
import { listApiTokens } from '#db/api-tokens.ts';
import { createApiToken } from '#db/commands/create-api-token.ts';
import { revokeApiToken } from '#db/commands/revoke-api-token.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import {
  type CreatedToken,
  createdTokenSchema,
  type TokenPage,
  tokenBody,
  tokenPageSchema,
  tokenParams,
} from '#miniapp/contract/tokens.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { momentText, serverTime } from '../views.ts';

/** Ways in for programs, with a role and an end. */
export const tokenRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, { summary: 'API tokens that work, newest first', role: 'admin', answers: tokenPageSchema }),
      validate('query', pageQuery),
      async (c) => {
        const now = deps.realNow();
        const { workspaceId } = c.get('caller');
        const wish = { now, ...pageWish(c.req.valid('query')) };
        const page = await listApiTokens({ db: deps.db, workspaceId }, wish);
        const answer: TokenPage = {
          ...serverTime(deps),
          realNow: now.toISOString(),
          ...pageView(page, (row) => ({
            ...row,
            createdAt: row.createdAt.toISOString(),
            expiresAt: row.expiresAt.toISOString(),
            usedAt: momentText(row.usedAt),
          })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Make an API token; it is shown once',
        role: 'admin',
        isFresh: true,
        isRegistration: true,
        isCreating: true,
        answers: createdTokenSchema,
        status: 201,
      }),
      validate('json', tokenBody),
      async (c) => {
        const { name, role, days } = c.req.valid('json');
        const createdAt = deps.realNow();
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        const wish = { name, role, createdAt, expiresAt: later(createdAt, days * DAY_MS) };
        const { expiresAt, ...made } = await createApiToken(ctx, wish);
        const answer: CreatedToken = { ...made, expiresAt: expiresAt.toISOString() };
        return c.json(answer, 201);
      },
    )
    .delete(
      '/:tokenId',
      door(deps, { summary: 'Make an API token worthless', role: 'admin' }),
      validate('param', tokenParams),
      async (c) => {
        const wish = { ...c.req.valid('param'), revokedAt: deps.realNow() };
        await revokeApiToken(commandContext(deps, c.get('caller')), wish);
        return c.body(null, 204);
      },
    );
