import { asc, eq, sql } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { acrossWorkspaces, type Db, type Tx } from '../context.ts';
import { member, operator, workspace } from '../schema/index.ts';

export type Membership = { workspaceId: string; workspaceName: string; role: Role };

export type FoundOperator = {
  operatorId: string;
  firstName: string;
  language: Language;
  /** The one they chose to work in first, then oldest first. */
  memberships: Membership[];
};

/** The person behind a Telegram id, with the workspaces they belong to; undefined when nobody invited them. */
export const findOperatorByTelegramId = (db: Db, telegramId: string): Promise<FoundOperator | undefined> =>
  acrossWorkspaces(db, async (tx) => {
    const [found] = await tx
      .select({ operatorId: operator.id, firstName: operator.firstName, language: operator.language })
      .from(operator)
      .where(eq(operator.telegramId, telegramId));
    return found && { ...found, memberships: await readMemberships(tx, found.operatorId) };
  });

/** The workspaces a person belongs to, the one they work in first. */
export const listMemberships = (db: Db, operatorId: string): Promise<Membership[]> =>
  acrossWorkspaces(db, (tx) => readMemberships(tx, operatorId));

const readMemberships = (tx: Tx, operatorId: string): Promise<Membership[]> =>
  tx
    .select({ workspaceId: member.workspaceId, workspaceName: workspace.name, role: member.role })
    .from(member)
    .innerJoin(workspace, eq(workspace.id, member.workspaceId))
    .innerJoin(operator, eq(operator.id, member.operatorId))
    .where(eq(member.operatorId, operatorId))
    .orderBy(
      sql`${operator.chosenWorkspaceId} is not distinct from ${member.workspaceId} desc`,
      asc(member.createdAt),
      asc(member.workspaceId),
    );
