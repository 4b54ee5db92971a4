import { asc, eq } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { acrossWorkspaces, type Db } from '../context.ts';
import { member, operator, workspace } from '../schema/index.ts';

export type FoundOperator = {
  operatorId: string;
  firstName: string;
  language: Language;
  /** Oldest first. */
  memberships: { workspaceId: string; workspaceName: string; role: Role }[];
};

/** The person behind a Telegram id, with the workspaces they belong to; undefined when nobody invited them. */
export const findOperatorByTelegramId = (db: Db, telegramId: string): Promise<FoundOperator | undefined> =>
  acrossWorkspaces(db, async (tx) => {
    const [found] = await tx
      .select({ operatorId: operator.id, firstName: operator.firstName, language: operator.language })
      .from(operator)
      .where(eq(operator.telegramId, telegramId));
    if (!found) return undefined;
    const memberships = await tx
      .select({ workspaceId: member.workspaceId, workspaceName: workspace.name, role: member.role })
      .from(member)
      .innerJoin(workspace, eq(workspace.id, member.workspaceId))
      .where(eq(member.operatorId, found.operatorId))
      .orderBy(asc(member.createdAt));
    return { ...found, memberships };
  });
