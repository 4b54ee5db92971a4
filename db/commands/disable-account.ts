import { decideDisabling } from '#core/account/life.ts';
import { moveAccount } from '../account-fate.ts';
import { readStanding } from '../accounts.ts';
import { orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockIdleAccount } from '../lane-work.ts';

/**
 * Takes an account out of work and keeps its session; its tasks and campaigns move on by the rules of any account that is
 * lost. Refuses with `account.already_disabled`, `account.not_at_work`, and `account.busy` during a call.
 */
export const disableAccount = (ctx: CommandContext, input: { accountId: string }): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { accountId } = input;
    await lockIdleAccount(tx, accountId);
    const before = await readStanding(tx, accountId);
    await moveAccount(tx, ctx, accountId, { before, after: orRefuse(decideDisabling(before)) });
  });
