import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { nameCommunity } from '../named-communities.ts';
import { appendEvent } from '../outbox.ts';

/** Names a community in any written form, saves it and asks for it to be read. */
export const requestCommunity = (
  ctx: CommandContext,
  input: { reference: string },
): Promise<{ communityId: string }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const communityId = await nameCommunity(tx, ctx, input.reference);
    await appendEvent(tx, ctx, { kind: 'community.requested', payload: { communityId } });
    await appendAudit(tx, ctx, {
      action: 'community.requested',
      entityId: communityId,
      after: { reference: input.reference.trim() },
    });
    return { communityId };
  });
