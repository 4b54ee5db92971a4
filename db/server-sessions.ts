import { and, eq, gt, lt } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { acrossWorkspaces, type Db } from './context.ts';
import { member, operator, serverSession, workspace } from './schema/team.ts';

/** How long a session lives without use, and how long at most. */
const IDLE_MS = 15 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** A use is written down only when the last one is this old, so that reading stays reading. */
const USE_WRITTEN_EVERY_MS = 30_000;
/** An ended session is kept until the launch it came from is stale anyway: a launch is good once. */
const KEPT_AFTER_END_MS = 2 * 3_600_000;

/** All moments in this file are infrastructure time. */
export type UsedSession = {
  sessionId: string;
  operatorId: string;
  firstName: string;
  language: Language;
  workspaceId: string;
  workspaceName: string;
  /** The role of this moment: whoever leaves the workspace loses the session with it. */
  role: Role;
  expiresAt: Date;
};

/** Opens a session for a launch; undefined when that launch was exchanged before. */
export const openServerSession = async (
  db: Db,
  session: { operatorId: string; workspaceId: string; tokenHash: Buffer; launchHash: Buffer; now: Date },
): Promise<{ sessionId: string } | undefined> => {
  const { now, ...rest } = session;
  await db
    .delete(serverSession)
    .where(lt(serverSession.expiresAt, new Date(now.getTime() - KEPT_AFTER_END_MS)));
  const [opened] = await db
    .insert(serverSession)
    .values({ ...rest, createdAt: now, usedAt: now, expiresAt: new Date(now.getTime() + LONGEST_MS) })
    .onConflictDoNothing({ target: serverSession.launchHash })
    .returning({ sessionId: serverSession.id });
  return opened;
};

/** The open session behind a token, and a use of it; undefined when it has ended or never was. */
export const findServerSession = (
  db: Db,
  { tokenHash, now }: { tokenHash: Buffer; now: Date },
): Promise<UsedSession | undefined> =>
  acrossWorkspaces(db, async (tx) => {
    const [found] = await tx
      .select({
        sessionId: serverSession.id,
        operatorId: operator.id,
        firstName: operator.firstName,
        language: operator.language,
        workspaceId: workspace.id,
        workspaceName: workspace.name,
        role: member.role,
        expiresAt: serverSession.expiresAt,
        usedAt: serverSession.usedAt,
      })
      .from(serverSession)
      .innerJoin(operator, eq(operator.id, serverSession.operatorId))
      .innerJoin(
        member,
        and(eq(member.operatorId, operator.id), eq(member.workspaceId, serverSession.workspaceId)),
      )
      .innerJoin(workspace, eq(workspace.id, member.workspaceId))
      .where(and(eq(serverSession.tokenHash, tokenHash), isOpen(now)));
    if (!found) return undefined;
    const { usedAt, ...session } = found;
    if (now.getTime() - usedAt.getTime() >= USE_WRITTEN_EVERY_MS) {
      await tx.update(serverSession).set({ usedAt: now }).where(eq(serverSession.id, session.sessionId));
    }
    return session;
  });

/** Whether a session is still open, without counting as a use. */
export const isServerSessionOpen = (
  db: Db,
  { sessionId, now }: { sessionId: string; now: Date },
): Promise<boolean> =>
  acrossWorkspaces(db, async (tx) => {
    const found = await tx
      .select({ sessionId: serverSession.id })
      .from(serverSession)
      .innerJoin(
        member,
        and(
          eq(member.operatorId, serverSession.operatorId),
          eq(member.workspaceId, serverSession.workspaceId),
        ),
      )
      .where(and(eq(serverSession.id, sessionId), isOpen(now)));
    return found.length > 0;
  });

/** Ends a session at once; ending it again changes nothing. */
export const endServerSession = async (
  db: Db,
  { sessionId, now }: { sessionId: string; now: Date },
): Promise<void> => {
  await db
    .update(serverSession)
    .set({ expiresAt: now })
    .where(and(eq(serverSession.id, sessionId), gt(serverSession.expiresAt, now)));
};

const isOpen = (now: Date) =>
  and(gt(serverSession.expiresAt, now), gt(serverSession.usedAt, new Date(now.getTime() - IDLE_MS)));
