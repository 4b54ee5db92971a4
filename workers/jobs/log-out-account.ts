import { Refused } from '#core/refusals.ts';
import { failAccount } from '#db/commands/fail-account.ts';
import { recordLogOut } from '#db/commands/record-log-out.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/**
 * Ends the account's session at Telegram. A lost answer is asked for again: a session that has ended answers that it is
 * gone, which signs the account out as well.
 */
export const logOutAccount = defineLaneJob('log-out-account', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { workspaceId, accountId } = job;
    const answer = await session.logOut();
    const ctx = contextOf(deps, workspaceId);
    try {
      if (!answer.ok) {
        const { failure } = answer;
        const { change } = await failAccount(ctx, { accountId, failure });
        return change ? { kind: 'done' } : { kind: 'retry', because: failure.error };
      }
      await recordLogOut(ctx, { accountId, leaseToken: lane.leaseToken });
      return { kind: 'done' };
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    } finally {
      deps.tell();
    }
  }),
);
