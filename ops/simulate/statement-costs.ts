/**
 * Statements that the product sends to Postgres for one of each, `begin`, `commit` and the setting of the workspace
 * included; a test counts them on the wire. The queue's own are not here: it may live in Redis.
 */
export const STATEMENTS = {
  /** The dispatcher's look: accounts that recover, the claims, when to look again. */
  look: 7,
  /** T1, before the call. */
  reserve: 10,
  /** T2, after a call that brought somebody in. */
  settle: 6,
  /** A lane that was due and found no room. */
  rest: 9,
  /** The claim of a job that has ended is deleted. */
  release: 1,
  /** All leases of a node, three times in a term. */
  renew: 4,
  /** A node's sign of life and its look for silent ones, three times in a term. */
  heartbeat: 9,
  /** Up to 500 events. */
  relay: 6,
  /** The sealed session is read. */
  connect: 4,
  /** The lease is given back. */
  disconnect: 4,
  /** One person is looked at, a day after they joined. */
  review: 14,
} as const;
export type StatementKind = keyof typeof STATEMENTS;
