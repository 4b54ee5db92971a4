import { decideAsking } from '#core/account/life.ts';
import { readStanding, wantAccess } from '../accounts.ts';
import { appendAudit, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockKeptAccount } from '../lane-work.ts';
import { findOrSave } from '../named-communities.ts';
import { wakeWorkers } from '../outbox.ts';

/**
 * Wants a community read by an account now, or when it works again: what it may do there is known afterwards. Refuses
 * with `account.not_signed_in` and with what is wrong with the reference.
 */
export const requestRightsCheck = (
  ctx: CommandContext,
  input: { accountId: string; reference: string },
): Promise<{ communityId: string }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId, reference } = input;
    await lockKeptAccount(tx, accountId);
    orRefuse(decideAsking(await readStanding(tx, accountId)));
    const communityId = await findOrSave(tx, ctx, reference);
    await wantAccess(tx, { workspaceId: ctx.workspaceId, accountId, communityId, now: ctx.now });
    await wakeWorkers(tx, ctx);
    await appendAudit(tx, ctx, {
      action: 'account.rights_check_requested',
      entityId: accountId,
      after: { communityId },
    });
    return { communityId };
  });
