import { eq } from 'drizzle-orm';
import type { Tx } from './context.ts';
import { account, accountAuthorization, accountSession, communityAccess } from './schema/accounts.ts';
import { peerRef } from './schema/people.ts';

/** What an account saw through a session belongs to it: references to people and communities. */
export const dropReferences = async (tx: Tx, accountId: string, checkAt: Date | null): Promise<void> => {
  await tx.delete(peerRef).where(eq(peerRef.accountId, accountId));
  await tx
    .update(communityAccess)
    .set({ accessHash: null, refusal: null, mayInvite: false, checkAt, checkedAt: null })
    .where(eq(communityAccess.accountId, accountId));
};

/** The session has ended for good: it, and everything that only it could use. */
export const forgetSession = async (tx: Tx, accountId: string): Promise<void> => {
  await tx.delete(accountSession).where(eq(accountSession.accountId, accountId));
  await tx.delete(accountAuthorization).where(eq(accountAuthorization.accountId, accountId));
  await dropReferences(tx, accountId, null);
  await tx.update(account).set({ logOutAt: null, refreshAt: null }).where(eq(account.id, accountId));
};
