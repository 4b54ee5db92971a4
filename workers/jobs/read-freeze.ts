import { Refused } from '#core/refusals.ts';
import { failAccount } from '#db/commands/fail-account.ts';
import { recordFreeze } from '#db/commands/record-freeze.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/** Asks Telegram about a frozen account: its dates and where to appeal, or that it is free again. */
export const readFreeze = defineLaneJob('read-freeze', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { workspaceId, accountId } = job;
    const answer = await session.readFreeze();
    const ctx = contextOf(deps, workspaceId);
    try {
      if (!answer.ok) {
        const { failure } = answer;
        const { change } = await failAccount(ctx, { accountId, failure });
        return change ? { kind: 'done' } : { kind: 'retry', because: failure.error };
      }
      await recordFreeze(ctx, { accountId, leaseToken: lane.leaseToken, freeze: answer.value });
      return { kind: 'done' };
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    } finally {
      deps.tell();
    }
  }),
);
