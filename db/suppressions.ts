import { sql } from 'drizzle-orm';
import type { SuppressionScope } from '#core/statuses.ts';
import type { CommandContext, Tx } from './context.ts';
import { suppression } from './schema/people.ts';

/**
 * Puts suppressions and attempts of a workspace in an order: an attempt `reads` them until its commit, a person's order
 * `writes` them. Whichever takes the lock first is the earlier one, so a suppression never falls into the gap between
 * an attempt's look and its commit.
 */
export const lockSuppressions = async (
  tx: Tx,
  workspaceId: string,
  intent: 'reads' | 'writes',
): Promise<void> => {
  const key = sql`hashtextextended(${workspaceId}, ${suppressionLock})`;
  await tx.execute(
    intent === 'reads'
      ? sql`select pg_advisory_xact_lock_shared(${key})`
      : sql`select pg_advisory_xact_lock(${key})`,
  );
};

/** Keeps this lock apart from other advisory locks on the same workspace. */
const suppressionLock = 7_261_002;

/** Writes one row for each way of knowing the person. */
export const saveSuppression = async (
  tx: Tx,
  ctx: CommandContext,
  input: { hashes: readonly Buffer[]; scope: SuppressionScope; communityId: string | null; reason: string },
): Promise<void> => {
  const { scope, communityId, reason } = input;
  const rows = input.hashes.map((personHash) => ({
    workspaceId: ctx.workspaceId,
    scope,
    communityId,
    personHash,
    reason,
    createdAt: ctx.now,
  }));
  if (rows.length > 0) await tx.insert(suppression).values(rows).onConflictDoNothing();
};

/** Which of the hashes are suppressed for invites into the community, as lower-case hex. */
export const findSuppressed = async (
  tx: Tx,
  communityId: string,
  hashes: readonly Buffer[],
): Promise<Set<string>> => {
  if (hashes.length === 0) return new Set();
  const asked = JSON.stringify(hashes.map((hash) => hash.toString('hex')));
  const rows = await tx.execute<{ hash: string }>(sql`
    select encode(person_hash, 'hex') as hash from never_contact
    where person_hash in (select decode(value, 'hex') from json_array_elements_text(${asked}::json) as asked(value))
      and (scope <> 'community' or community_id = ${communityId})`);
  return new Set(rows.map((row) => row.hash));
};
