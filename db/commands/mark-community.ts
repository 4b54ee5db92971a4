import { eq } from 'drizzle-orm';
import type { CommunityMark } from '#core/statuses.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { community } from '../schema/communities.ts';

/** Saves a community, blocks it, or lets it be one that was only found. What runs there already goes on. */
export const markCommunity = (
  ctx: CommandContext,
  input: { communityId: string; mark: CommunityMark },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { communityId, mark } = input;
    const found = await tx
      .select({ mark: community.mark })
      .from(community)
      .where(eq(community.id, communityId))
      .for('no key update');
    const before = onlyRow(found, 'not_found');
    if (before.mark === mark) return;
    await tx.update(community).set({ mark }).where(eq(community.id, communityId));
    await appendEvent(tx, ctx, { kind: 'community.marked', payload: { communityId, mark } });
    await appendAudit(tx, ctx, {
      action: 'community.marked',
      entityId: communityId,
      before,
      after: { mark },
    });
  });
