import { asc, desc, eq } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { member, operator } from '../schema/index.ts';

export type MemberItem = {
  operatorId: string;
  firstName: string;
  username: string | null;
  role: Role;
  createdAt: Date;
};

/** Everybody in the workspace, owners first, then who came first. */
export const listMembers = (ctx: QueryContext): Promise<MemberItem[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
    tx
      .select({
        operatorId: operator.id,
        firstName: operator.firstName,
        username: operator.username,
        role: member.role,
        createdAt: member.createdAt,
      })
      .from(member)
      .innerJoin(operator, eq(operator.id, member.operatorId))
      .orderBy(desc(member.role), asc(member.createdAt), asc(operator.id)),
  );
