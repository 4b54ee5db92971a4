import { desc } from 'drizzle-orm';
import { defaultPolicy, type LimitPolicy } from '#core/pacing/policy.ts';
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

/** Of a list with the newest first: the newest that no worker has rejected, or the ceilings as version 0. */
export const policyInForce = (
  policies: readonly PublishedPolicy[],
): { version: number; policy: LimitPolicy } => {
  const found = policies.find(({ policy, rejectedAt }) => policy && !rejectedAt);
  return { version: found?.version ?? 0, policy: found?.policy ?? defaultPolicy };
};

/** Undefined for a version that is not there, or that this version of Usher cannot read. */
export const policyOfVersion = (
  policies: readonly PublishedPolicy[],
  version: number,
): LimitPolicy | undefined =>
  version === 0 ? defaultPolicy : policies.find((item) => item.version === version)?.policy;
