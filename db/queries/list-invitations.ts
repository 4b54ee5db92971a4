import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { invitation, operator } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type InvitationItem = { invitationId: string; role: Role; invitedBy: string; expiresAt: Date };

/** Invitations that nobody has used and that have not run out, the next to expire first. */
export const listInvitations = (
  ctx: QueryContext & { now: Date },
  page: PageWish,
): Promise<Page<InvitationItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const holds = and(
      isNull(invitation.usedAt),
      isNull(invitation.withdrawnAt),
      gt(invitation.expiresAt, ctx.now),
    );
    const rows = await tx
      .select({
        invitationId: invitation.id,
        role: invitation.role,
        invitedBy: operator.firstName,
        expiresAt: invitation.expiresAt,
      })
      .from(invitation)
      .innerJoin(operator, eq(operator.id, invitation.createdBy))
      .where(and(holds, behind(invitation.expiresAt, invitation.id, page.after, 'earliest')))
      .orderBy(asc(invitation.expiresAt), asc(invitation.id))
      .limit(page.limit + 1);
    const total = await tx.$count(invitation, holds);
    return toPage(rows, { limit: page.limit, total }, (row) => ({
      at: row.expiresAt,
      id: row.invitationId,
    }));
  });
