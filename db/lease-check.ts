import { sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Tx } from './context.ts';

/** Refuses with `conflict` unless the token is the account's newest: whoever holds an older one was replaced. */
export const requireLease = async (
  tx: Tx,
  lease: { accountId: string; leaseToken: number },
): Promise<void> => {
  const [held] = await tx.execute(
    sql`select 1 from lease where account_id = ${lease.accountId} and token = ${lease.leaseToken}`,
  );
  if (!held) throw new Refused('conflict');
};
