import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { webhook, webhookDelivery } from '../schema/api.ts';

/** Tells a disabled webhook again, what had not arrived first. One that is at work, or gone, is `not_found`. */
export const enableWebhook = (ctx: CommandContext, { webhookId }: { webhookId: string }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const enabled = await tx
      .update(webhook)
      .set({ disabledAt: null, disabledBecause: null, failingSince: null })
      .where(and(eq(webhook.id, webhookId), isNotNull(webhook.disabledAt), isNull(webhook.removedAt)))
      .returning({ id: webhook.id });
    onlyRow(enabled, 'not_found');
    await tx
      .update(webhookDelivery)
      .set({ dueAt: sql`clock_timestamp()` })
      .where(and(eq(webhookDelivery.webhookId, webhookId), isNull(webhookDelivery.deliveredAt)));
    await appendEvent(tx, ctx, { kind: 'webhook.enabled', payload: { webhookId } });
    await appendAudit(tx, ctx, { action: 'webhook.enabled', entityId: webhookId });
  });
