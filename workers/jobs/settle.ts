import { Refused } from '#core/refusals.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { failAccount } from '#db/commands/fail-account.ts';
import type { CommandContext } from '#db/context.ts';
import { contextOf, type JobDeps } from '../runtime/define-job.ts';
import { persist } from '../runtime/persist.ts';

/**
 * Keeps what Telegram has answered, which cannot be asked for again: `write` is tried anew while the database is in
 * trouble. When its rows have moved on (`conflict`), what the answer says about the account is kept nevertheless: a
 * wait holds for the account, whoever works for it by now. Throws what `write` threw last.
 */
export async function settle<T>(
  job: { workspaceId: string; accountId: string },
  deps: JobDeps,
  failure: RpcFailure | undefined,
  write: (ctx: CommandContext) => Promise<T>,
): Promise<T> {
  /** The moment of the answer: a later try does not make a wait longer. */
  const ctx = contextOf(deps, job.workspaceId);
  const isFinal = (thrown: unknown) => thrown instanceof Refused;
  try {
    return await persist(() => write(ctx), { isFinal });
  } catch (thrown) {
    const isConflict = thrown instanceof Refused && thrown.code === 'conflict';
    if (isConflict && failure?.kind === 'rpc')
      await persist(() => failAccount(ctx, { accountId: job.accountId, failure }), { isFinal });
    throw thrown;
  } finally {
    deps.tell();
  }
}
