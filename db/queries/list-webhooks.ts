import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { webhook, webhookDelivery } from '../schema/api.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

/** All moments are infrastructure time. */
export type WebhookItem = {
  webhookId: string;
  url: string;
  /** The kinds of events it is told; null for all. */
  kinds: string[] | null;
  createdAt: Date;
  failingSince: Date | null;
  disabledAt: Date | null;
  disabledBecause: string | null;
  /** What has not arrived yet. */
  waiting: number;
};

/** The workspace's webhooks, newest first. */
export const listWebhooks = (ctx: QueryContext, page: PageWish): Promise<Page<WebhookItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const isThere = isNull(webhook.removedAt);
    const rows = await tx
      .select({
        webhookId: webhook.id,
        url: webhook.url,
        kinds: webhook.kinds,
        createdAt: webhook.createdAt,
        failingSince: webhook.failingSince,
        disabledAt: webhook.disabledAt,
        disabledBecause: webhook.disabledBecause,
        waiting: sql<number>`(select count(*)::int from webhook_delivery d
          where d.webhook_id = webhook.id and d.delivered_at is null)`,
      })
      .from(webhook)
      .where(and(isThere, behind(webhook.createdAt, webhook.id, page.after)))
      .orderBy(desc(webhook.createdAt), desc(webhook.id))
      .limit(page.limit + 1);
    const total = await tx.$count(webhook, isThere);
    return toPage(rows, { limit: page.limit, total }, (row) => ({ at: row.createdAt, id: row.webhookId }));
  });

export type DeliveryItem = {
  deliveryId: string;
  position: number;
  kind: string;
  createdAt: Date;
  tries: number;
  dueAt: Date | null;
  deliveredAt: Date | null;
  answer: string | null;
};

/** What a webhook was told in the last days, or is to be told, newest first. Throws `not_found`. */
export const listDeliveries = (
  ctx: QueryContext,
  { webhookId, ...page }: PageWish & { webhookId: string },
): Promise<Page<DeliveryItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const isThis = and(eq(webhook.id, webhookId), isNull(webhook.removedAt));
    onlyRow(await tx.select({ id: webhook.id }).from(webhook).where(isThis), 'not_found');
    const own = eq(webhookDelivery.webhookId, webhookId);
    const rows = await tx
      .select({
        deliveryId: webhookDelivery.id,
        position: webhookDelivery.position,
        kind: webhookDelivery.kind,
        createdAt: webhookDelivery.createdAt,
        tries: webhookDelivery.tries,
        dueAt: webhookDelivery.dueAt,
        deliveredAt: webhookDelivery.deliveredAt,
        answer: webhookDelivery.answer,
      })
      .from(webhookDelivery)
      .where(and(own, behind(webhookDelivery.createdAt, webhookDelivery.id, page.after)))
      .orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.id))
      .limit(page.limit + 1);
    const total = await tx.$count(webhookDelivery, own);
    return toPage(rows, { limit: page.limit, total }, (row) => ({ at: row.createdAt, id: row.deliveryId }));
  });
