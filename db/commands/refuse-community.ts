import type { RefusalCode } from '#core/refusals.ts';
import { runCommand } from '../command.ts';
import { refuseCheck } from '../community-checks.ts';
import type { CommandContext } from '../context.ts';
import { closeLookup } from '../lookups.ts';

/** An account tried to read a community and could not. */
export const refuseCommunity = (
  ctx: CommandContext,
  input: { communityId: string; accountId: string; code: RefusalCode; lookupId?: string },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    if (input.lookupId) await closeLookup(tx, { lookupId: input.lookupId, now: ctx.now, error: input.code });
    await refuseCheck(tx, ctx, input);
  });
