import { and, eq, isNull } from 'drizzle-orm';
import { decideGrant } from '#core/team/team.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { invitation } from '../schema/team.ts';
import { askerOf, lockTeam } from '../team.ts';

/** Makes an unused invitation worthless. Whoever may give its role may withdraw it. */
export const withdrawInvitation = (
  ctx: CommandContext,
  { invitationId }: { invitationId: string },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const team = await lockTeam(tx, ctx);
    const found = await tx
      .select({ role: invitation.role })
      .from(invitation)
      .where(eq(invitation.id, invitationId));
    const { role } = onlyRow(found, 'not_found');
    orRefuse(decideGrant(team, askerOf(ctx), role));
    const withdrawn = await tx
      .update(invitation)
      .set({ withdrawnAt: ctx.now })
      .where(and(eq(invitation.id, invitationId), isNull(invitation.usedAt), isNull(invitation.withdrawnAt)))
      .returning({ id: invitation.id });
    onlyRow(withdrawn, 'conflict');
    await appendEvent(tx, ctx, { kind: 'invitation.withdrawn', payload: { invitationId } });
    await appendAudit(tx, ctx, { action: 'invitation.withdrawn', entityId: invitationId, before: { role } });
  });
