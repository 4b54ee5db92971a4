import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import { defaultPolicy, type LimitPolicy } from '#core/pacing/policy.ts';
import { readPolicy } from '#core/pacing/policy-document.ts';
import { appendAudit } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { appendEvent } from './outbox.ts';
import { isSignedByTrusted } from './policy-signature.ts';
import { limitPolicy } from './schema/policies.ts';

/** The limit policy that binds the workspace's accounts at this moment; see `policyOf`. */
export const policyInForce = async (tx: Tx, ctx: CommandContext): Promise<LimitPolicy> => {
  const [row] = await tx.execute<{ newest: number }>(newestVersion());
  return policyOf(tx, ctx, row?.newest ?? 0);
};

/** The newest version of the transaction's workspace, 0 before the first: a scalar to be read beside other things. */
export const newestVersion = () => sql`select coalesce(max(version), 0) as newest from limit_policy`;

/**
 * The policy in force while `newest` is the newest version: the last one that a trusted key has signed and that keeps
 * every ceiling; before the first, the ceilings themselves. One that cannot be verified is told once, as an event.
 */
export const policyOf = async (tx: Tx, ctx: CommandContext, newest: number): Promise<LimitPolicy> => {
  if (newest === 0) return defaultPolicy;
  const { keys, known } = ctx.db.policyBook;
  const page = `${ctx.workspaceId} ${newest}`;
  const remembered = known.get(page);
  if (remembered) return remembered;
  const rows = await tx
    .select()
    .from(limitPolicy)
    .where(lte(limitPolicy.version, newest))
    .orderBy(desc(limitPolicy.version));
  let policy = defaultPolicy;
  let isTold = true;
  for (const row of rows) {
    const read = isSignedByTrusted(keys, row, row) ? readPolicy(row.document) : undefined;
    if (read?.ok) {
      policy = read.value;
      break;
    }
    if (await reject(tx, ctx, row.version)) isTold = false;
  }
  // What this transaction tells is lost if it rolls back, and then has to be told by the next.
  if (isTold) known.set(page, policy);
  return policy;
};

/** True when nobody had told it before. */
const reject = async (tx: Tx, ctx: CommandContext, version: number): Promise<boolean> => {
  const told = await tx
    .update(limitPolicy)
    .set({ rejectedAt: ctx.now })
    .where(
      and(
        eq(limitPolicy.workspaceId, ctx.workspaceId),
        eq(limitPolicy.version, version),
        isNull(limitPolicy.rejectedAt),
      ),
    )
    .returning({ version: limitPolicy.version });
  if (told.length === 0) return false;
  await appendEvent(tx, ctx, { kind: 'policy.rejected', payload: { version } });
  await appendAudit(tx, ctx, { action: 'policy.rejected', after: { version } });
  return true;
};
