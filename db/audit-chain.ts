import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { acrossWorkspaces, type Db, type Tx } from './context.ts';

/** Serialises the sealers of all nodes. */
const sealLock = 7_261_002;

const BATCH = 500;

/** What the first row of a workspace follows. */
export const GENESIS = '0'.repeat(64);

/** Everything a row says, in one spelling that depends on no setting of the connection. */
export const auditContent = sql`jsonb_build_array(audit.id, audit.workspace_id, audit.actor, audit.action,
  audit.entity_id, audit.before, audit.after, (extract(epoch from audit.at) * 1000)::bigint)::text`;

/** The link of the chain: over the hash before, the place and the content. Hashes are hexadecimal. */
export const hashOf = (row: { previous: string; position: number; content: string }): string =>
  createHash('sha256').update(`${row.previous} ${row.position} ${row.content}`).digest('hex');

/**
 * Gives committed rows of the audit log their place in the chain of their workspace, oldest first. Commands write rows
 * without a place, so that none waits for another's. Until a row has one, the chain cannot tell that it was changed or
 * taken away; the rights of the database forbid both all the same. When the batch is full there may be more. While
 * another node seals, this answers that nothing was done.
 */
export const sealAudit = (db: Db): Promise<{ sealed: number; isFull: boolean }> =>
  acrossWorkspaces(db, async (tx) => {
    const [lock] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sealLock}) as got`,
    );
    if (!lock?.got) return { sealed: 0, isFull: false };
    const rows = await tx.execute<{ id: string; workspace: string; content: string }>(sql`
      select id, workspace_id as workspace, ${auditContent} as content
      from audit where position is null order by sequence limit ${BATCH}`);
    if (rows.length === 0) return { sealed: 0, isFull: false };
    const heads = await readHeads(tx, [...new Set(rows.map(({ workspace }) => workspace))]);
    const links = rows.map(({ id, workspace, content }) => {
      const head = heads.get(workspace) ?? { position: 0, hash: GENESIS };
      const position = head.position + 1;
      const hash = hashOf({ previous: head.hash, position, content });
      heads.set(workspace, { position, hash });
      return { id, position, previous: head.hash, hash };
    });
    await tx.execute(sql`
      update audit set position = link.position, previous_hash = decode(link.previous, 'hex'),
        hash = decode(link.hash, 'hex')
      from json_to_recordset(${JSON.stringify(links)}::json)
        as link (id uuid, position bigint, previous text, hash text)
      where audit.id = link.id`);
    return { sealed: rows.length, isFull: rows.length === BATCH };
  });

type Head = { position: number; hash: string };

const readHeads = async (tx: Tx, workspaceIds: readonly string[]): Promise<Map<string, Head>> => {
  const rows = await tx.execute<{ workspace: string; position: string; hash: string }>(sql`
    select workspace, last.position, encode(last.hash, 'hex') as hash
    from json_array_elements_text(${JSON.stringify(workspaceIds)}::json) as workspace
    cross join lateral (
      select position, hash from audit
      where workspace_id = workspace::uuid and position is not null
      order by position desc limit 1
    ) as last`);
  return new Map(
    rows.map(({ workspace, position, hash }) => [workspace, { position: Number(position), hash }]),
  );
};
