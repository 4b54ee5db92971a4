import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { invitation, operator } from '../schema/index.ts';

export type InvitationItem = { invitationId: string; role: Role; invitedBy: string; expiresAt: Date };

/** Invitations that nobody has used and that have not run out, the next to expire first. */
export const listInvitations = (ctx: QueryContext & { now: Date }): Promise<InvitationItem[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
    tx
      .select({
        invitationId: invitation.id,
        role: invitation.role,
        invitedBy: operator.firstName,
        expiresAt: invitation.expiresAt,
      })
      .from(invitation)
      .innerJoin(operator, eq(operator.id, invitation.createdBy))
      .where(
        and(isNull(invitation.usedAt), isNull(invitation.withdrawnAt), gt(invitation.expiresAt, ctx.now)),
      )
      .orderBy(asc(invitation.expiresAt), asc(invitation.id)),
  );
