import { and, eq } from 'drizzle-orm';
import { accountAfter } from '#core/account/reaction.ts';
import { later, SECOND_MS } from '#core/duration.ts';
import { classify, refusalOf } from '#core/telegram/error-catalogue.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { appendAudit, runCommand } from '../command.ts';
import { refuseCheck } from '../community-checks.ts';
import type { CommandContext } from '../context.ts';
import { lockPeerFloods } from '../lane-work.ts';
import { closeLookup } from '../lookups.ts';
import { policyInForce } from '../policies.ts';
import { communityAccess } from '../schema/accounts.ts';

const retryMs = 30 * SECOND_MS;

/**
 * Reading a community was answered with a failure. An account in trouble cools, blocks or signs out and somebody else
 * reads; a call without an answer is made again later; everything else refuses the community with the catalogue's words.
 */
export const failCommunityCheck = (
  ctx: CommandContext,
  input: { communityId: string; accountId: string; failure: RpcFailure; lookupId?: string },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { communityId, accountId, failure, lookupId } = input;
    const peerFloods = await lockPeerFloods(tx, accountId);
    if (lookupId) await closeLookup(tx, { lookupId, now: ctx.now, error: failure.error });
    await appendAudit(tx, ctx, {
      action: 'community.check_failed',
      entityId: communityId,
      after: { accountId, error: failure.error },
    });
    const change = accountAfter(failure, ctx.now, await policyInForce(tx, ctx), { peerFloods });
    if (change) return applyAccountChange(tx, ctx, accountId, change);
    if (classify(failure).reaction.kind !== 'unknown') {
      const code = refusalOf(failure, 'community.reference_unknown');
      return refuseCheck(tx, ctx, { communityId, accountId, code });
    }
    await tx
      .update(communityAccess)
      .set({ checkAt: later(ctx.now, retryMs) })
      .where(and(eq(communityAccess.communityId, communityId), eq(communityAccess.accountId, accountId)));
  });
