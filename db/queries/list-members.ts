import { asc, desc, eq } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Team } from '#core/team/team.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { member, operator } from '../schema/index.ts';
import { readTeam } from '../team.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

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
    selectMembers(tx).orderBy(desc(member.role), asc(member.createdAt), asc(operator.id)),
  );

/**
 * The same page by page in the order in which they came, so that another role moves nobody to another page; with the
 * whole team, by which the rules judge what may be done with each.
 */
export const listMemberPage = (
  ctx: QueryContext,
  page: PageWish,
): Promise<Page<MemberItem> & { team: Team }> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await selectMembers(tx)
      .where(behind(member.createdAt, operator.id, page.after, 'earliest'))
      .orderBy(asc(member.createdAt), asc(operator.id))
      .limit(page.limit + 1);
    const team = await readTeam(tx);
    const found = toPage(rows, { limit: page.limit, total: team.size }, (row) => ({
      at: row.createdAt,
      id: row.operatorId,
    }));
    return { ...found, team };
  });

const selectMembers = (tx: Tx) =>
  tx
    .select({
      operatorId: operator.id,
      firstName: operator.firstName,
      username: operator.username,
      role: member.role,
      createdAt: member.createdAt,
    })
    .from(member)
    .innerJoin(operator, eq(operator.id, member.operatorId));
