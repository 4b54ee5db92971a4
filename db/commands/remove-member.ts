import { and, eq } from 'drizzle-orm';
import { decideRemoval } from '#core/team/team.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { member } from '../schema/team.ts';
import { askerOf, closeDoors, lockTeam } from '../team.ts';

/** Takes a member out of the workspace, at once; anybody may take themselves out, which is leaving. */
export const removeMember = (ctx: CommandContext, { operatorId }: { operatorId: string }): Promise<void> =>
  runCommand(ctx, 'viewer', async (tx) => {
    const asker = askerOf(ctx);
    const role = orRefuse(decideRemoval(await lockTeam(tx, ctx), asker, operatorId));
    const removed = await tx
      .delete(member)
      .where(and(eq(member.operatorId, operatorId), eq(member.role, role)))
      .returning({ operatorId: member.operatorId });
    onlyRow(removed, 'conflict');
    await closeDoors(tx, ctx.workspaceId, operatorId);
    await appendEvent(tx, ctx, { kind: 'member.left', payload: { operatorId } });
    const isOwn = asker !== 'terminal' && asker.operatorId === operatorId;
    await appendAudit(tx, ctx, {
      action: isOwn ? 'member.left' : 'member.removed',
      entityId: operatorId,
      before: { role },
    });
  });
