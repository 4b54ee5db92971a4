import { and, count, desc, eq, gt, isNull } from 'drizzle-orm';
import { roleOfToken } from '#core/api-token.ts';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { acrossWorkspaces, type Db, inWorkspace, type QueryContext } from './context.ts';
import { behind, type Page, type PageWish, toPage } from './queries/page.ts';
import { apiToken } from './schema/api.ts';
import { member, operator, workspace } from './schema/team.ts';

/** A use is written down only when the last one is this old, so that reading stays reading. */
const USE_WRITTEN_EVERY_MS = 30_000;

/** Whoever brings a token: it acts for the person who made it. All moments in this file are infrastructure time. */
export type UsedToken = {
  tokenId: string;
  operatorId: string;
  firstName: string;
  language: Language;
  workspaceId: string;
  workspaceName: string;
  /** The role of this moment: never more than that of its maker. */
  role: Role;
};

export type ApiTokenItem = {
  tokenId: string;
  name: string;
  role: Role;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
};

/** Who comes with a token, and a use of it; undefined when it has ended, never was, or its maker has left. */
export const findApiToken = async (
  db: Db,
  { tokenHash, now }: { tokenHash: Buffer; now: Date },
): Promise<UsedToken | undefined> => {
  const [found] = await acrossWorkspaces(db, (tx) =>
    tx
      .select({
        tokenId: apiToken.id,
        operatorId: operator.id,
        firstName: operator.firstName,
        language: operator.language,
        workspaceId: workspace.id,
        workspaceName: workspace.name,
        role: apiToken.role,
        makerRole: member.role,
        usedAt: apiToken.usedAt,
      })
      .from(apiToken)
      .innerJoin(operator, eq(operator.id, apiToken.createdBy))
      .innerJoin(member, isMembership)
      .innerJoin(workspace, eq(workspace.id, apiToken.workspaceId))
      .where(and(eq(apiToken.tokenHash, tokenHash), isAlive(now))),
  );
  if (!found) return undefined;
  const { makerRole, usedAt, ...token } = found;
  if (!usedAt || now.getTime() - usedAt.getTime() >= USE_WRITTEN_EVERY_MS) {
    await inWorkspace(db, token.workspaceId, (tx) =>
      tx.update(apiToken).set({ usedAt: now }).where(eq(apiToken.id, token.tokenId)),
    );
  }
  return { ...token, role: roleOfToken(token.role, makerRole) };
};

/** The workspace's tokens that still work, newest first. */
export const listApiTokens = (
  ctx: QueryContext,
  { now, ...page }: PageWish & { now: Date },
): Promise<Page<ApiTokenItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select({
        tokenId: apiToken.id,
        name: apiToken.name,
        role: apiToken.role,
        makerRole: member.role,
        createdBy: operator.firstName,
        createdAt: apiToken.createdAt,
        expiresAt: apiToken.expiresAt,
        usedAt: apiToken.usedAt,
      })
      .from(apiToken)
      .innerJoin(operator, eq(operator.id, apiToken.createdBy))
      .innerJoin(member, isMembership)
      .where(and(isAlive(now), behind(apiToken.createdAt, apiToken.id, page.after)))
      .orderBy(desc(apiToken.createdAt), desc(apiToken.id))
      .limit(page.limit + 1);
    const [all] = await tx
      .select({ total: count() })
      .from(apiToken)
      .innerJoin(member, isMembership)
      .where(isAlive(now));
    const items = rows.map(({ makerRole, ...row }) => ({ ...row, role: roleOfToken(row.role, makerRole) }));
    return toPage(items, { limit: page.limit, total: all?.total ?? 0 }, (row) => ({
      at: row.createdAt,
      id: row.tokenId,
    }));
  });

/** A token lives by the membership of its maker. */
const isMembership = and(
  eq(member.operatorId, apiToken.createdBy),
  eq(member.workspaceId, apiToken.workspaceId),
);

const isAlive = (now: Date) => and(isNull(apiToken.revokedAt), gt(apiToken.expiresAt, now));
