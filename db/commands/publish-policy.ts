import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { diffPolicies, type PolicyChange, parsePolicy, writePolicy } from '#core/pacing/policy-document.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, at, orRefuse, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { policyOf } from '../policies.ts';
import type { PolicySigner } from '../policy-signature.ts';
import { limitPolicy } from '../schema/policies.ts';

export type PublishPolicyInput = {
  /** Fields to change; all others stay as they are in force. */
  changes: Readonly<Record<string, unknown>>;
  /** The newest version its author has seen; 0 before the first. */
  basedOn: number;
  reason: string;
  signer: PolicySigner;
};

const reasonSchema = z.string().trim().min(1).max(500);

/** Any number that no other lock of two keys begins with. */
const publishing = 7_261;

/**
 * Publishes new limits as the next version, signed; lanes that waited for an old limit look again. Refuses with
 * `policy.being_published` while somebody else publishes, with `policy.outdated` when they have since `basedOn`, and by
 * core's rules of what a policy may be; the old one then stays.
 */
export const publishPolicy = (
  ctx: CommandContext,
  input: PublishPolicyInput,
): Promise<{ version: number; changes: PolicyChange[] }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const reason = reasonSchema.safeParse(input.reason);
    if (!reason.success) throw new Refused('policy.reason_missing');
    await lockPublishing(tx, ctx.workspaceId);
    const newest = await findNewest(tx);
    if (newest.version !== input.basedOn) throw new Refused('policy.outdated');
    const before = await policyOf(tx, ctx, newest.version);
    const after = orRefuse(parsePolicy({ ...before, ...input.changes }));
    const changes = diffPolicies(before, after);
    if (changes.length === 0 && !newest.isRejected) throw new Refused('policy.nothing_changed');

    const version = newest.version + 1;
    const text = { workspaceId: ctx.workspaceId, version, document: writePolicy(after) };
    const { keyId, sign } = input.signer;
    await tx.insert(limitPolicy).values({
      ...text,
      keyId,
      signature: sign(text),
      reason: reason.data,
      actor: ctx.actor,
      publishedAt: ctx.now,
    });
    await lookAgain(tx, ctx);
    await appendEvent(tx, ctx, { kind: 'policy.published', payload: { version } });
    await appendAudit(tx, ctx, {
      action: 'policy.published',
      after: { version, changes, reason: reason.data },
    });
    return { version, changes };
  });

const lockPublishing = async (tx: Tx, workspaceId: string): Promise<void> => {
  const [row] = await tx.execute<{ got: boolean }>(
    sql`select pg_try_advisory_xact_lock(${publishing}, hashtext(${workspaceId})) as got`,
  );
  if (!row?.got) throw new Refused('policy.being_published');
};

const findNewest = async (tx: Tx): Promise<{ version: number; isRejected: boolean }> => {
  const [row] = await tx
    .select({ version: limitPolicy.version, rejectedAt: limitPolicy.rejectedAt })
    .from(limitPolicy)
    .orderBy(desc(limitPolicy.version))
    .limit(1);
  return { version: row?.version ?? 0, isRejected: row?.rejectedAt != null };
};

/** A drawn pause stays as it was drawn: it is over soon. */
const lookAgain = async (tx: Tx, ctx: CommandContext): Promise<void> => {
  await tx.execute(sql`
    update account set next_slot_at = ${at(ctx.now)}, next_slot_because = 'now'
    where status = 'active' and next_slot_at > ${at(ctx.now)} and next_slot_because not in ('pause', 'burst')`);
};
