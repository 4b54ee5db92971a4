import { sql } from 'drizzle-orm';
import { auditContent, GENESIS, hashOf } from '../audit-chain.ts';
import { inWorkspace, type QueryContext } from '../context.ts';

const PAGE = 1_000;

/** What is wrong with the first row that does not fit. */
export type AuditBreak = {
  /** `missing`: rows before it are gone. `unlinked`: it does not follow the row before. `changed`: its content. */
  kind: 'missing' | 'unlinked' | 'changed';
  position: number;
  /** The place that was expected; differs where rows are gone. */
  expected: number;
  auditId: string;
  action: string;
  at: Date;
};

export type AuditVerdict = {
  /** Rows that were found in order, up to the break. */
  verified: number;
  /** Rows that have no place yet, because the relay has not come to them. */
  unsealed: number;
  /** The hash of the last good row; noted elsewhere, it tells later whether the end of the log was cut off. */
  head: string;
  /** Whether a hash that was noted earlier is in the chain; true when none was given. */
  holdsNoted: boolean;
  broken: AuditBreak | undefined;
};

type Row = {
  id: string;
  action: string;
  ms: string;
  position: string;
  previous: string;
  hash: string;
  content: string;
};

/** Walks the chain of a workspace from its first row and computes every link anew, here and not in the database. */
export const verifyAudit = async (ctx: QueryContext, noted?: string): Promise<AuditVerdict> => {
  let [verified, head] = [0, GENESIS];
  let holdsNoted = noted === undefined;
  for (;;) {
    const rows = await readPage(ctx, verified);
    for (const row of rows) {
      const broken = judge(row, verified + 1, head);
      if (broken) return { verified, head, holdsNoted, broken, unsealed: await countUnsealed(ctx) };
      verified += 1;
      head = row.hash;
      if (head === noted) holdsNoted = true;
    }
    if (rows.length < PAGE) {
      return { verified, head, holdsNoted, broken: undefined, unsealed: await countUnsealed(ctx) };
    }
  }
};

const judge = (row: Row, expected: number, previous: string): AuditBreak | undefined => {
  const position = Number(row.position);
  const { content } = row;
  const found = { position, expected, auditId: row.id, action: row.action, at: new Date(Number(row.ms)) };
  if (position !== expected) return { kind: 'missing', ...found };
  if (row.previous !== previous) return { kind: 'unlinked', ...found };
  return hashOf({ previous, position, content }) === row.hash ? undefined : { kind: 'changed', ...found };
};

const readPage = ({ db, workspaceId }: QueryContext, after: number): Promise<readonly Row[]> =>
  inWorkspace(db, workspaceId, (tx) =>
    tx.execute<Row>(sql`
      select id, action, (extract(epoch from at) * 1000)::bigint as ms, position,
        encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash, ${auditContent} as content
      from audit where position > ${after} order by position limit ${PAGE}`),
  );

const countUnsealed = ({ db, workspaceId }: QueryContext): Promise<number> =>
  inWorkspace(db, workspaceId, async (tx) => {
    const [row] = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from audit where position is null`,
    );
    return row?.n ?? 0;
  });
