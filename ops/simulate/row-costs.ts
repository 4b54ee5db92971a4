/** Rows that one invite writes, from its claim to its release and the seal on its audit, by table; a test counts them in a real Postgres. */
export const ROWS_PER_ATTEMPT: Readonly<Record<string, number>> = {
  account: 2,
  attempt: 2,
  audit: 4,
  campaign_account: 1,
  lease: 1,
  outbox: 2,
  target: 2,
  work_claim: 2,
};

/** Rows that stay of one invite. The other tables are changed in place, or their rows are deleted. */
export const KEPT_PER_ATTEMPT = { attempt: 1, audit: 2, outbox: 1 } as const;
export type KeptTable = keyof typeof KEPT_PER_ATTEMPT;

/** One look at whether somebody stayed changes the attempt and is audited. */
export const KEPT_PER_REVIEW: Partial<Record<KeptTable, number>> = { audit: 1 };

/** With all indexes, packed as after `vacuum full`: living tables are larger by what lies free in their pages. */
export const BYTES_PER_ROW: Readonly<Record<KeptTable, number>> = { attempt: 670, audit: 510, outbox: 285 };

/** Of the write-ahead log, which a replica is sent; read once off a server with nothing else to do. */
export const WAL_BYTES_PER_ATTEMPT = 7600;
