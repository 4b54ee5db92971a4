import { sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Tx } from './context.ts';

type LeaseProof = { accountId: string; leaseToken: number };

/** True while the lease with this token runs: the only moment at which a call may be reserved. */
export const holdsLease = async (tx: Tx, { accountId, leaseToken }: LeaseProof): Promise<boolean> => {
  const rows = await tx.execute(sql`
    select 1 from lease
    where account_id = ${accountId} and token = ${leaseToken} and node_id is not null and until > clock_timestamp()`);
  return rows.length > 0;
};

/**
 * Refuses with `conflict` unless the token is the account's newest: whoever holds an older one was replaced. A lease
 * that ran out and was taken by nobody is enough, because the result it brings is true.
 */
export const requireLease = async (tx: Tx, { accountId, leaseToken }: LeaseProof): Promise<void> => {
  const [held] = await tx.execute(
    sql`select 1 from lease where account_id = ${accountId} and token = ${leaseToken}`,
  );
  if (!held) throw new Refused('conflict');
};
