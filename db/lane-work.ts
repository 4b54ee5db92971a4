import { eq } from 'drizzle-orm';
import type { AccountStatus } from '#core/statuses.ts';
import type { Tx } from './context.ts';
import { account } from './schema/accounts.ts';

export type LaneAccount = {
  id: string;
  status: AccountStatus;
  recoversAt: Date | null;
  connectedAt: Date;
  peerFloods: Date[];
  resumedAt: Date | null;
};

/** As a `LaneAccount`. */
export const laneAccountColumns = {
  id: account.id,
  status: account.status,
  recoversAt: account.recoversAt,
  connectedAt: account.connectedAt,
  peerFloods: account.peerFloods,
  resumedAt: account.resumedAt,
};

/** Locks the account: whoever decides about its next call waits here for the one before. */
export const lockAccount = async (tx: Tx, accountId: string): Promise<LaneAccount | undefined> => {
  const [row] = await tx
    .select(laneAccountColumns)
    .from(account)
    .where(eq(account.id, accountId))
    .for('no key update');
  return row;
};
