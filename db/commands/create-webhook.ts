import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { EventKind } from '#core/events.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { webhook } from '../schema/api.ts';
import { createWebhookSecret, type WebhookSeal } from '../webhook-secret.ts';

export type CreateWebhookInput = {
  /** Somebody has seen that it leads to the open internet; the worker looks again at each delivery. */
  url: string;
  /** Undefined for all. */
  kinds?: readonly EventKind[] | undefined;
  seal: WebhookSeal;
};

/** Has an address told what happens from now on. The secret that signs is answered here and never again. */
export const createWebhook = (
  ctx: CommandContext,
  { url, kinds, seal }: CreateWebhookInput,
): Promise<{ webhookId: string; secret: string }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { actor, workspaceId } = ctx;
    if (actor.kind !== 'operator') throw new Refused('forbidden');
    const webhookId = randomUUID();
    const secret = createWebhookSecret();
    await tx.insert(webhook).values({
      id: webhookId,
      workspaceId,
      url,
      sealedSecret: seal.seal({ workspaceId, webhookId }, secret),
      kinds: kinds ? [...kinds] : null,
      createdBy: actor.operatorId,
      createdAt: sql`clock_timestamp()`,
      sincePosition: sql`(select coalesce(max(position), 0) from outbox)`,
    });
    await appendEvent(tx, ctx, { kind: 'webhook.created', payload: { webhookId } });
    // Not the whole address: some carry a password in it.
    const { host } = new URL(url);
    await appendAudit(tx, ctx, { action: 'webhook.created', entityId: webhookId, after: { host, kinds } });
    return { webhookId, secret: secret.reveal() };
  });
