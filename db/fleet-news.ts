import { sql } from 'drizzle-orm';
import type { UsherEvent } from '#core/events.ts';
import { appendAudit } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';

/** Writes an event of the fleet into each of the workspaces it concerns, in the caller's transaction. */
export const tellWorkspaces = async (
  tx: Tx,
  { db, now }: Pick<CommandContext, 'db' | 'now'>,
  workspaceIds: readonly string[],
  event: UsherEvent,
): Promise<void> => {
  for (const workspaceId of workspaceIds) {
    await tx.execute(sql`select set_config('usher.workspace', ${workspaceId}, true)`);
    const ctx = { db, workspaceId, now, actor: { kind: 'system', part: 'fleet' } } as const;
    await appendEvent(tx, ctx, event);
    await appendAudit(tx, ctx, { action: event.kind, after: event.payload });
  }
};
