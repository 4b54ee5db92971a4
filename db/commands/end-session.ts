import { and, eq, gt } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { serverSession } from '../schema/team.ts';

/** Ends a session of the operator who asks, at once and with its live streams. One that has ended is `not_found`. */
export const endSession = (ctx: CommandContext, input: { sessionId: string; realNow: Date }): Promise<void> =>
  runCommand(ctx, 'viewer', async (tx) => {
    const { actor, workspaceId } = ctx;
    if (actor.kind !== 'operator') throw new Refused('forbidden');
    const { sessionId, realNow } = input;
    const ended = await tx
      .update(serverSession)
      .set({ expiresAt: realNow })
      .where(
        and(
          eq(serverSession.id, sessionId),
          eq(serverSession.operatorId, actor.operatorId),
          eq(serverSession.workspaceId, workspaceId),
          gt(serverSession.expiresAt, realNow),
        ),
      )
      .returning({ id: serverSession.id });
    onlyRow(ended, 'not_found');
    await appendEvent(tx, ctx, { kind: 'session.ended', payload: { sessionId } });
    await appendAudit(tx, ctx, { action: 'session.ended', entityId: sessionId });
  });
