import { eq } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { workspace } from '../schema/team.ts';

/**
 * The owner switches direct adds of collected people on for the workspace. The typed words are kept in the audit log.
 * Said again, it keeps the first moment.
 */
export const acknowledgeCollected = (ctx: CommandContext, input: { text: string }): Promise<void> =>
  runCommand(ctx, 'owner', async (tx) => {
    if (input.text.trim() === '') throw new Refused('invalid_input', { field: 'text' });
    const found = await tx
      .select({ acknowledgedAt: workspace.collectedAcknowledgedAt })
      .from(workspace)
      .where(eq(workspace.id, ctx.workspaceId))
      .for('update');
    const { acknowledgedAt } = onlyRow(found, 'not_found');
    await tx
      .update(workspace)
      .set({ collectedAcknowledgedAt: acknowledgedAt ?? ctx.now })
      .where(eq(workspace.id, ctx.workspaceId));
    await appendAudit(tx, ctx, {
      action: 'workspace.collected_acknowledged',
      entityId: ctx.workspaceId,
      after: { text: input.text },
    });
  });
