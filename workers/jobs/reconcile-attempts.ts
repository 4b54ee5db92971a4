import { Refused } from '#core/refusals.ts';
import { markUnknown } from '#db/commands/mark-unknown.ts';
import { settleUnknown } from '#db/commands/settle-unknown.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { lookAtMembership } from './look-at-membership.ts';
import { withSession } from './with-session.ts';

/** Settles attempts whose answer was lost by looking at the membership with the account that made them; never resends. */
export const reconcileAttempts = defineLaneJob('reconcile-attempts', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { workspaceId, accountId } = job;
    const { leaseToken } = lane;
    try {
      const { attempts } = await markUnknown(contextOf(deps, workspaceId), { accountId, leaseToken });
      for (const attempt of attempts) {
        const look = await lookAtMembership(session, attempt);
        await settleUnknown(contextOf(deps, workspaceId), {
          attemptId: attempt.attemptId,
          accountId,
          leaseToken,
          roll: deps.random(),
          hashPerson: deps.hashPerson,
          ...(look.ok ? { membership: look.value } : { failure: look.failure }),
        });
        deps.tell();
        if (!look.ok) break;
      }
      return { kind: 'done' };
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    }
  }),
);
