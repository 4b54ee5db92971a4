import { and, count, desc, eq, gt } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { acrossWorkspaces, type Db, type Tx } from './context.ts';
import { behind, type Page, type PageWish, toPage } from './queries/page.ts';
import { member, operator, serverSession, workspace } from './schema/team.ts';

/** How long a session lives without use. */
const IDLE_MS = 15 * 60_000;
/** A use is written down only when the last one is this old, so that reading stays reading. */
const USE_WRITTEN_EVERY_MS = 30_000;

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
  /** When Telegram opened the Mini App it came from. */
  launchedAt: Date;
  expiresAt: Date;
};

/** An open session, as its person sees it in a list. */
export type SessionItem = {
  sessionId: string;
  workspaceId: string;
  workspaceName: string;
  device: string;
  createdAt: Date;
  usedAt: Date;
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
        launchedAt: serverSession.launchedAt,
        expiresAt: serverSession.expiresAt,
        usedAt: serverSession.usedAt,
      })
      .from(serverSession)
      .innerJoin(operator, eq(operator.id, serverSession.operatorId))
      .innerJoin(member, isMembership)
      .innerJoin(workspace, eq(workspace.id, member.workspaceId))
      .where(and(eq(serverSession.tokenHash, tokenHash), isOpen(now)));
    if (!found) return undefined;
    const { usedAt, ...session } = found;
    if (now.getTime() - usedAt.getTime() >= USE_WRITTEN_EVERY_MS) {
      await tx.update(serverSession).set({ usedAt: now }).where(eq(serverSession.id, session.sessionId));
    }
    return session;
  });

/** Whether a session is still open in the workspace, without counting as a use. */
export const isServerSessionOpen = (
  db: Db,
  { sessionId, workspaceId, now }: { sessionId: string; workspaceId: string; now: Date },
): Promise<boolean> =>
  acrossWorkspaces(db, async (tx) => {
    const found = await tx
      .select({ sessionId: serverSession.id })
      .from(serverSession)
      .innerJoin(member, isMembership)
      .where(and(eq(serverSession.id, sessionId), eq(serverSession.workspaceId, workspaceId), isOpen(now)));
    return found.length > 0;
  });

/** The open sessions of one person in all their workspaces, newest first: being used moves none to another page. */
export const listServerSessions = (
  db: Db,
  { operatorId, now, ...page }: PageWish & { operatorId: string; now: Date },
): Promise<Page<SessionItem>> =>
  acrossWorkspaces(db, async (tx) => {
    const own = and(eq(serverSession.operatorId, operatorId), isOpen(now));
    const rows = await selectSessions(tx)
      .where(and(own, behind(serverSession.createdAt, serverSession.id, page.after)))
      .orderBy(desc(serverSession.createdAt), desc(serverSession.id))
      .limit(page.limit + 1);
    const [all] = await tx
      .select({ total: count() })
      .from(serverSession)
      .innerJoin(member, isMembership)
      .where(own);
    return toPage(rows, { limit: page.limit, total: all?.total ?? 0 }, (row) => ({
      at: row.createdAt,
      id: row.sessionId,
    }));
  });

/** One of them; undefined when it has ended, never was, or is somebody else's. */
export const findOwnSession = (
  db: Db,
  { operatorId, sessionId, now }: { operatorId: string; sessionId: string; now: Date },
): Promise<SessionItem | undefined> =>
  acrossWorkspaces(db, async (tx) => {
    const isThis = and(eq(serverSession.operatorId, operatorId), eq(serverSession.id, sessionId));
    const [found] = await selectSessions(tx).where(and(isThis, isOpen(now)));
    return found;
  });

const selectSessions = (tx: Tx) =>
  tx
    .select({
      sessionId: serverSession.id,
      workspaceId: serverSession.workspaceId,
      workspaceName: workspace.name,
      device: serverSession.device,
      createdAt: serverSession.createdAt,
      usedAt: serverSession.usedAt,
    })
    .from(serverSession)
    .innerJoin(member, isMembership)
    .innerJoin(workspace, eq(workspace.id, serverSession.workspaceId));

/** A session lives by the membership it was opened for. */
const isMembership = and(
  eq(member.operatorId, serverSession.operatorId),
  eq(member.workspaceId, serverSession.workspaceId),
);

const isOpen = (now: Date) =>
  and(gt(serverSession.expiresAt, now), gt(serverSession.usedAt, new Date(now.getTime() - IDLE_MS)));
