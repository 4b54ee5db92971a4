import { eq } from 'drizzle-orm';
import { acrossWorkspaces, type Db } from '../context.ts';
import { member, operator, serverSession, workspace } from '../schema/team.ts';

/** What Usher keeps of somebody who works with it: who they are, where they work, where they are signed in. */
export type OperatorData = {
  telegramId: string;
  firstName: string;
  username: string | null;
  language: string;
  createdAt: Date;
  memberships: { workspace: string; role: string; since: Date }[];
  sessions: { device: string; createdAt: Date; usedAt: Date }[];
};

/** Null for somebody who never worked with it. */
export const getOperatorData = (
  db: Db,
  { telegramId }: { telegramId: string },
): Promise<OperatorData | null> =>
  acrossWorkspaces(db, async (tx) => {
    const [known] = await tx.select().from(operator).where(eq(operator.telegramId, telegramId));
    if (!known) return null;
    const memberships = await tx
      .select({ workspace: workspace.name, role: member.role, since: member.createdAt })
      .from(member)
      .innerJoin(workspace, eq(workspace.id, member.workspaceId))
      .where(eq(member.operatorId, known.id));
    const sessions = await tx
      .select({
        device: serverSession.device,
        createdAt: serverSession.createdAt,
        usedAt: serverSession.usedAt,
      })
      .from(serverSession)
      .where(eq(serverSession.operatorId, known.id));
    const { firstName, username, language, createdAt } = known;
    return { telegramId, firstName, username, language, createdAt, memberships, sessions };
  });
