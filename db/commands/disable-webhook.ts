import { and, eq, isNull, sql } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { webhook, webhookDelivery } from '../schema/api.ts';

/** Tells a webhook nothing more, and people that it is so. What has not arrived stays, and goes out once it is enabled. */
export const disableWebhook = (
  ctx: CommandContext,
  { webhookId, because }: { webhookId: string; because: string },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const disabled = await tx
      .update(webhook)
      .set({ disabledAt: sql`clock_timestamp()`, disabledBecause: because })
      .where(and(eq(webhook.id, webhookId), isNull(webhook.disabledAt), isNull(webhook.removedAt)))
      .returning({ id: webhook.id });
    onlyRow(disabled, 'conflict');
    await tx.update(webhookDelivery).set({ dueAt: null }).where(eq(webhookDelivery.webhookId, webhookId));
    await appendEvent(tx, ctx, { kind: 'webhook.disabled', payload: { webhookId, because } });
    await appendAudit(tx, ctx, { action: 'webhook.disabled', entityId: webhookId, after: { because } });
  });
