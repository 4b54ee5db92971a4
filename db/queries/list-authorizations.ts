import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { account, accountAuthorization } from '../schema/accounts.ts';

export type AuthorizationItem = {
  hash: string;
  /** The session that works here. */
  isCurrent: boolean;
  device: string;
  app: string;
  country: string;
  createdAt: Date;
  activeAt: Date;
  /** Since when a person wants it ended. */
  endAt: Date | null;
  /** Telegram's name of the error that kept it from being ended. */
  endError: string | null;
};

/** The sessions of an account at the last look, `readAt`: ours first, then the last active. Throws `not_found`. */
export const listAuthorizations = (
  ctx: QueryContext,
  input: { accountId: string },
): Promise<{ readAt: Date | null; authorizations: AuthorizationItem[] }> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { accountId } = input;
    const [row] = await tx
      .select({ readAt: account.refreshedAt })
      .from(account)
      .where(eq(account.id, accountId));
    if (!row) throw new Refused('not_found');
    const authorizations = await tx
      .select(columns)
      .from(accountAuthorization)
      .where(eq(accountAuthorization.accountId, accountId))
      .orderBy(desc(accountAuthorization.isCurrent), desc(accountAuthorization.activeAt));
    return { readAt: row.readAt, authorizations };
  });

/** The sessions that a person wants ended. */
export const listUnwantedAuthorizations = (
  ctx: QueryContext,
  input: { accountId: string },
): Promise<{ hash: string }[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
    tx
      .select({ hash: accountAuthorization.hash })
      .from(accountAuthorization)
      .where(and(eq(accountAuthorization.accountId, input.accountId), isNotNull(accountAuthorization.endAt)))
      .orderBy(asc(accountAuthorization.endAt)),
  );

const columns = {
  hash: accountAuthorization.hash,
  isCurrent: accountAuthorization.isCurrent,
  device: accountAuthorization.device,
  app: accountAuthorization.app,
  country: accountAuthorization.country,
  createdAt: accountAuthorization.createdAt,
  activeAt: accountAuthorization.activeAt,
  endAt: accountAuthorization.endAt,
  endError: accountAuthorization.endError,
};
