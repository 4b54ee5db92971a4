import { Refused } from '#core/refusals.ts';
import type { Role } from '#core/roles.ts';
import { decideGrant } from '#core/team/team.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { createToken } from '../one-time-tokens.ts';
import { appendEvent } from '../outbox.ts';
import { invitation } from '../schema/team.ts';
import { askerOf, lockTeam } from '../team.ts';

/** Makes an invitation that brings one person in with a role. Its token is answered here and never again. */
export const createInvitation = (
  ctx: CommandContext,
  { role, expiresAt }: { role: Role; expiresAt: Date },
): Promise<{ invitationId: string; token: string; expiresAt: Date }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { actor } = ctx;
    // It stands for as long as its maker may invite, so somebody has to be its maker.
    if (actor.kind !== 'operator') throw new Refused('forbidden');
    orRefuse(decideGrant(await lockTeam(tx, ctx), askerOf(ctx), role));
    const { token, hash } = createToken();
    const created = await tx
      .insert(invitation)
      .values({
        workspaceId: ctx.workspaceId,
        role,
        tokenHash: hash,
        createdBy: actor.operatorId,
        createdAt: ctx.now,
        expiresAt,
      })
      .returning({ invitationId: invitation.id });
    const { invitationId } = onlyRow(created, 'conflict');
    await appendEvent(tx, ctx, { kind: 'invitation.created', payload: { invitationId } });
    await appendAudit(tx, ctx, {
      action: 'invitation.created',
      entityId: invitationId,
      after: { role, expiresAt },
    });
    return { invitationId, token, expiresAt };
  });
