import type { JobOutcome } from '#core/jobs.ts';
import { isAboutSomebody } from '#core/telegram/error-catalogue.ts';
import type { UserSession } from '#core/telegram/user-session.ts';
import { failAccount } from '#db/commands/fail-account.ts';
import { contextOf, type JobDeps, type Lane } from '../runtime/define-job.ts';

/**
 * Gives `work` the account's session. Without a connection or keys the job is tried again; when Telegram has answered with
 * a refusal instead, or the session does not open, it is about the account, which cools, blocks or signs out.
 */
export async function withSession(
  job: { workspaceId: string; accountId: string },
  deps: JobDeps,
  lane: Lane,
  work: (session: UserSession) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const session = await lane.session();
  if (session.ok) return work(session.value);
  const { failure } = session;
  if (!isAboutSomebody(failure)) return { kind: 'retry', because: failure.error };
  const { change } = await failAccount(contextOf(deps, job.workspaceId), {
    accountId: job.accountId,
    failure,
  });
  deps.tell();
  return change ? { kind: 'done' } : { kind: 'retry', because: failure.error };
}
