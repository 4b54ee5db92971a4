import { desc } from 'drizzle-orm';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { readPolicy } from '#core/pacing/policy-document.ts';
import type { Actor } from '#core/roles.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { limitPolicy } from '../schema/policies.ts';

export type PublishedPolicy = {
  version: number;
  /** Undefined when its text is no lawful policy of this version of Usher. */
  policy: LimitPolicy | undefined;
  reason: string;
  actor: Actor;
  keyId: string;
  publishedAt: Date;
  /** A worker could not verify it, and kept the one before. */
  rejectedAt: Date | null;
};

/** Every version, newest first; none while the ceilings themselves are in force. */
export const listPolicies = (ctx: QueryContext): Promise<PublishedPolicy[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx.select().from(limitPolicy).orderBy(desc(limitPolicy.version));
    return rows.map(({ document, actor, version, reason, keyId, publishedAt, rejectedAt }) => {
      const read = readPolicy(document);
      return {
        version,
        policy: read.ok ? read.value : undefined,
        reason,
        // Written by `publishPolicy` only.
        actor: actor as Actor,
        keyId,
        publishedAt,
        rejectedAt,
      };
    });
  });
