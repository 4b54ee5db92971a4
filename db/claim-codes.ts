import { sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { acrossWorkspaces, type Db, type Tx } from './context.ts';
import { createToken, hashToken } from './one-time-tokens.ts';
import { workspace } from './schema/team.ts';

const CODE_BYTES = 12;

/** Whether this installation belongs to somebody. */
export const isClaimed = (db: Db): Promise<boolean> =>
  acrossWorkspaces(db, async (tx) => {
    const found = await tx.select({ id: workspace.id }).from(workspace).limit(1);
    return found.length > 0;
  });

/**
 * A code that makes the first person who tells it to the bot the owner of this installation; it holds for `lifetimeMs`
 * of infrastructure time and is stored as a hash. Undefined when somebody owns it already.
 */
export const createClaimCode = async (
  db: Db,
  wish: { lifetimeMs: number; workspaceName?: string | undefined },
): Promise<string | undefined> => {
  if (await isClaimed(db)) return undefined;
  const { token, hash } = createToken(CODE_BYTES);
  await db.execute(sql`delete from claim_code where expires_at < clock_timestamp()`);
  await db.execute(sql`
    insert into claim_code (code_hash, workspace_name, expires_at)
    values (${hash}, ${wish.workspaceName ?? null},
      clock_timestamp() + make_interval(secs => ${wish.lifetimeMs / 1000}))`);
  return token;
};

/**
 * Takes a code, and with it every other, so that of two people only the first becomes the owner. Throws
 * `claim.code_wrong`. Answers the name that was wished for the workspace.
 */
export const takeClaimCode = async (tx: Tx, code: string): Promise<{ workspaceName: string | null }> => {
  const taken = await tx.execute<{ hash: string; name: string | null; holds: boolean }>(sql`
    delete from claim_code returning encode(code_hash, 'hex') as hash, workspace_name as name,
      expires_at > clock_timestamp() as holds`);
  const hash = hashToken(code).toString('hex');
  const found = taken.find((row) => row.hash === hash && row.holds);
  if (!found) throw new Refused('claim.code_wrong');
  return { workspaceName: found.name };
};
