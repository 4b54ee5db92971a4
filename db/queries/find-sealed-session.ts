import { eq } from 'drizzle-orm';
import { inWorkspace, type QueryContext } from '../context.ts';
import { accountSession } from '../schema/accounts.ts';
import type { Sealed } from '../seal.ts';

/** The sealed session of an account; only a worker's role may read it and only its keys open it. */
export const findSealedSession = (
  { db, workspaceId }: QueryContext,
  accountId: string,
): Promise<Sealed | undefined> =>
  inWorkspace(db, workspaceId, async (tx) => {
    const [row] = await tx
      .select({ bytes: accountSession.sealed, keyId: accountSession.keyId })
      .from(accountSession)
      .where(eq(accountSession.accountId, accountId));
    return row;
  });
