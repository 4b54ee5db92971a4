import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { serverSession } from '../schema/team.ts';
import { settleIn } from '../team.ts';

/**
 * Takes a session of the operator who asks over into the workspace of `ctx`, in which they have to be a member; it is
 * the one they work in from then on. Its token stays good, and sees nothing more of the workspace it leaves.
 */
export const switchSession = (ctx: CommandContext, { sessionId }: { sessionId: string }): Promise<void> =>
  runCommand(ctx, 'viewer', async (tx) => {
    const { workspaceId } = ctx;
    const operatorId = await settleIn(tx, ctx);
    const switched = await tx
      .update(serverSession)
      .set({ workspaceId })
      .where(and(eq(serverSession.id, sessionId), eq(serverSession.operatorId, operatorId)))
      .returning({ id: serverSession.id });
    onlyRow(switched, 'not_found');
    await appendAudit(tx, ctx, { action: 'session.switched', entityId: sessionId });
  });
