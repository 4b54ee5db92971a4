import { sql } from 'drizzle-orm';
import { acrossWorkspaces, type Db } from './context.ts';

/** All times of leases are the database's own: nodes need not agree about the time. */
export type HeldLease = { accountId: string; token: number };

/** The row of an account that nobody holds yet. */
export const freeLease = (workspaceId: string, accountId: string) => ({
  workspaceId,
  accountId,
  token: 0,
  until: new Date(0),
});

/**
 * Takes an account for a node: when it is free, or when its last holder's whole term has passed. Who holds it already
 * gets the same token and a new term. Undefined when another node holds it.
 */
export const acquireLease = (
  db: Db,
  input: { accountId: string; nodeId: string; termSeconds: number },
): Promise<{ token: number } | undefined> =>
  acrossWorkspaces(db, async (tx) => {
    const { accountId, nodeId, termSeconds } = input;
    const [row] = await tx.execute<{ token: string }>(sql`
      update lease set
        token = case when node_id = ${nodeId} and until > clock_timestamp() then token else token + 1 end,
        node_id = ${nodeId},
        until = clock_timestamp() + ${termSeconds} * interval '1 second'
      where account_id = ${accountId}
        and (node_id is null or node_id = ${nodeId} or until <= clock_timestamp())
      returning token`);
    return row && { token: Number(row.token) };
  });

/** Gives every lease the node still holds a new term, in one statement, and lists them: what is missing is lost. */
export const renewLeases = (db: Db, input: { nodeId: string; termSeconds: number }): Promise<HeldLease[]> =>
  acrossWorkspaces(db, async (tx) => {
    const rows = await tx.execute<{ account_id: string; token: string }>(sql`
      update lease set until = clock_timestamp() + ${input.termSeconds} * interval '1 second'
      where node_id = ${input.nodeId} and until > clock_timestamp()
      returning account_id, token`);
    return rows.map((row) => ({ accountId: row.account_id, token: Number(row.token) }));
  });

/** Sets the account free at once; the holder has closed its connection before. A lost lease stays as it is. */
export const releaseLease = (
  db: Db,
  input: { accountId: string; nodeId: string; token: number },
): Promise<void> =>
  acrossWorkspaces(db, async (tx) => {
    await tx.execute(sql`
      update lease set node_id = null, until = clock_timestamp()
      where account_id = ${input.accountId} and node_id = ${input.nodeId} and token = ${input.token}`);
  });
