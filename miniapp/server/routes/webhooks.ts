import { Hono } from 'hono';
import { createWebhook } from '#db/commands/create-webhook.ts';
import { enableWebhook } from '#db/commands/enable-webhook.ts';
import { removeWebhook } from '#db/commands/remove-webhook.ts';
import { listDeliveries, listWebhooks } from '#db/queries/list-webhooks.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import {
  createdWebhookSchema,
  type DeliveryPage,
  deliveryPageSchema,
  type WebhookPage,
  webhookBody,
  webhookPageSchema,
  webhookParams,
} from '#miniapp/contract/webhooks.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { momentText, serverTime } from '../views.ts';
import { judgeWebhookAddress } from '../webhook-address.ts';

/** Addresses that are told what happens in the workspace. A worker does the telling. */
export const webhookRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, { summary: 'Webhooks, newest first', role: 'admin', answers: webhookPageSchema }),
      validate('query', pageQuery),
      async (c) => {
        const ctx = { db: deps.db, workspaceId: c.get('caller').workspaceId };
        const page = await listWebhooks(ctx, pageWish(c.req.valid('query')));
        const answer: WebhookPage = {
          ...serverTime(deps),
          realNow: deps.realNow().toISOString(),
          ...pageView(page, (row) => ({
            ...row,
            createdAt: row.createdAt.toISOString(),
            failingSince: momentText(row.failingSince),
            disabledAt: momentText(row.disabledAt),
          })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Have an address told what happens; its secret is shown once',
        role: 'admin',
        isFresh: true,
        isRegistration: true,
        isCreating: true,
        answers: createdWebhookSchema,
        status: 201,
      }),
      validate('json', webhookBody),
      async (c) => {
        const { url, kinds } = c.req.valid('json');
        const wish = { url: await judgeWebhookAddress(url, deps.resolveHost), kinds, seal: deps.webhookSeal };
        return c.json(await createWebhook(commandContext(deps, c.get('caller'), c.get('once')), wish), 201);
      },
    )
    .get(
      '/:webhookId/deliveries',
      door(deps, { summary: 'What it was told, newest first', role: 'admin', answers: deliveryPageSchema }),
      validate('param', webhookParams),
      validate('query', pageQuery),
      async (c) => {
        const page = await listDeliveries(
          { db: deps.db, workspaceId: c.get('caller').workspaceId },
          { ...c.req.valid('param'), ...pageWish(c.req.valid('query')) },
        );
        const answer: DeliveryPage = {
          ...serverTime(deps),
          ...pageView(page, (row) => ({
            ...row,
            createdAt: row.createdAt.toISOString(),
            dueAt: momentText(row.dueAt),
            deliveredAt: momentText(row.deliveredAt),
          })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/:webhookId/enable',
      door(deps, { summary: 'Tell it again, what has not arrived first', role: 'admin' }),
      validate('param', webhookParams),
      async (c) => {
        await enableWebhook(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .delete(
      '/:webhookId',
      door(deps, { summary: 'Tell it nothing more', role: 'admin' }),
      validate('param', webhookParams),
      async (c) => {
        await removeWebhook(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    );
