import { eq } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { SuppressionScope } from '#core/statuses.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { HashPerson, PersonIdentity } from '../person-hash.ts';
import { community } from '../schema/communities.ts';
import { lockSuppressions, saveSuppression } from '../suppressions.ts';

export type SuppressPersonInput = {
  person: PersonIdentity;
  scope: SuppressionScope;
  /** With the scope `community` only. */
  communityId?: string;
  reason: string;
  hashPerson: HashPerson;
};

/** From its commit on nobody in the workspace's scope contacts the person. Said again, it keeps the first reason. */
export const suppressPerson = (ctx: CommandContext, input: SuppressPersonInput): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const hashes = input.hashPerson(input.person);
    if (hashes.length === 0) throw new Refused('target.no_identifier');
    if ((input.scope === 'community') !== (input.communityId !== undefined)) {
      throw new Refused('invalid_input', { field: 'communityId' });
    }
    const { scope, communityId = null, reason } = input;
    if (communityId) {
      const found = await tx
        .select({ id: community.id })
        .from(community)
        .where(eq(community.id, communityId));
      onlyRow(found, 'not_found');
    }
    await lockSuppressions(tx, ctx.workspaceId, 'writes');
    await saveSuppression(tx, ctx, { hashes, scope, communityId, reason });
    await appendAudit(tx, ctx, {
      action: 'person.suppressed',
      ...(communityId && { entityId: communityId }),
      after: { scope, reason, hash: hashes[0]?.toString('hex') },
    });
  });
