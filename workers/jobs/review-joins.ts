import { Refused } from '#core/refusals.ts';
import { reviewJoin } from '#db/commands/review-join.ts';
import { listDueReviews } from '#db/queries/list-due-reviews.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { lookAtMembership } from './look-at-membership.ts';
import { withSession } from './with-session.ts';

/** Looks whether people who joined a day ago are still there, with the account that brought them in. */
export const reviewJoins = defineLaneJob('review-joins', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { workspaceId, accountId } = job;
    const { hashPerson } = deps;
    const due = await listDueReviews({ db: deps.db, workspaceId }, { accountId, now: deps.clock.now() });
    try {
      for (const attempt of due) {
        const look = await lookAtMembership(session, attempt);
        const { again } = await reviewJoin(contextOf(deps, workspaceId), {
          attemptId: attempt.attemptId,
          accountId,
          leaseToken: lane.leaseToken,
          hashPerson,
          ...(look.ok ? { membership: look.value } : { failure: look.failure }),
        });
        deps.tell();
        if (again) return { kind: 'retry', because: 'look_failed' };
      }
      return { kind: 'done' };
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    }
  }),
);
