import { and, eq, isNull, sql } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { webhook, webhookDelivery } from '../schema/api.ts';

/** Ends a webhook and what was still on its way to it. */
export const removeWebhook = (ctx: CommandContext, { webhookId }: { webhookId: string }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const removed = await tx
      .update(webhook)
      .set({ removedAt: sql`clock_timestamp()`, sealedSecret: Buffer.alloc(0) })
      .where(and(eq(webhook.id, webhookId), isNull(webhook.removedAt)))
      .returning({ url: webhook.url });
    const { url } = onlyRow(removed, 'not_found');
    await tx.update(webhookDelivery).set({ dueAt: null }).where(eq(webhookDelivery.webhookId, webhookId));
    await appendEvent(tx, ctx, { kind: 'webhook.removed', payload: { webhookId } });
    const { host } = new URL(url);
    await appendAudit(tx, ctx, { action: 'webhook.removed', entityId: webhookId, before: { host } });
  });
