import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { erasure } from '../schema/retention.ts';
import { lockSuppressions, saveSuppression } from '../suppressions.ts';

/**
 * Remembers erasures that were kept outside of the database, such as those made after a backup that was restored, and
 * suppresses whom they are about. `repeatErasures` erases them.
 */
export const addErasures = (
  ctx: CommandContext,
  { hashes }: { hashes: readonly Buffer[] },
): Promise<{ added: number }> =>
  runCommand(ctx, 'owner', async (tx) => {
    const rows = hashes.map((personHash) => ({
      workspaceId: ctx.workspaceId,
      personHash,
      erasedAt: ctx.now,
    }));
    const added =
      rows.length === 0 ? [] : await tx.insert(erasure).values(rows).onConflictDoNothing().returning();
    await lockSuppressions(tx, ctx.workspaceId, 'writes');
    await saveSuppression(tx, ctx, { hashes, scope: 'workspace', communityId: null, reason: 'erased' });
    await appendAudit(tx, ctx, { action: 'person.erasures_added', after: { added: added.length } });
    return { added: added.length };
  });
