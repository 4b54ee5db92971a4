import { asc, eq, sql } from 'drizzle-orm';
import type { AdminRight } from '#core/community/admin-rights.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { community, communityAccess } from '../schema/index.ts';

export type AccountRights = {
  communityId: string;
  /** Its title, or the reference it was given by while nobody has read it. */
  name: string;
  isMember: boolean;
  isAdmin: boolean;
  mayInvite: boolean;
  /** What it may do as an administrator. */
  adminRights: readonly AdminRight[];
  /** When Telegram said so; null when it was never asked. */
  checkedAt: Date | null;
  /** A check is under way or wanted. */
  isChecking: boolean;
  /** Why the account could not read it, a refusal code. */
  refusal: string | null;
};

/** What an account may do in each community it was asked about, as of its last check. */
export const listAccountRights = (
  ctx: QueryContext,
  input: { accountId: string },
): Promise<AccountRights[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) => {
    const name = sql<string>`coalesce(${community.title}, ${community.reference})`;
    return tx
      .select({
        communityId: community.id,
        name,
        isMember: communityAccess.isMember,
        isAdmin: communityAccess.isAdmin,
        mayInvite: communityAccess.mayInvite,
        adminRights: communityAccess.adminRights,
        checkedAt: communityAccess.checkedAt,
        isChecking: sql<boolean>`${communityAccess.checkAt} is not null`,
        refusal: communityAccess.refusal,
      })
      .from(communityAccess)
      .innerJoin(community, eq(community.id, communityAccess.communityId))
      .where(eq(communityAccess.accountId, input.accountId))
      .orderBy(asc(name), asc(community.id));
  });
