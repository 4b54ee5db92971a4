import { Refused } from '#core/refusals.ts';
import type { Answer, Authorization, OwnProfile, UserSession } from '#core/telegram/user-session.ts';
import { failAccount } from '#db/commands/fail-account.ts';
import { recordRefresh } from '#db/commands/record-refresh.ts';
import { listUnwantedAuthorizations } from '#db/queries/list-authorizations.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/** Reads an account's profile and sessions, after ending the sessions that a person wants ended. */
export const refreshAccount = defineLaneJob('refresh-account', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { workspaceId, accountId } = job;
    const unwanted = await listUnwantedAuthorizations({ db: deps.db, workspaceId }, { accountId });
    const seen = await readAll(session, unwanted);
    const ctx = contextOf(deps, workspaceId);
    try {
      if (!seen.ok) {
        const { failure } = seen;
        const { change } = await failAccount(ctx, { accountId, failure });
        return change ? { kind: 'done' } : { kind: 'retry', because: failure.error };
      }
      await recordRefresh(ctx, { accountId, leaseToken: lane.leaseToken, ...seen.value });
      return { kind: 'done' };
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    } finally {
      deps.tell();
    }
  }),
);

type Seen = {
  profile: OwnProfile;
  authorizations: Authorization[];
  unended: { hash: string; error: string }[];
};

/** A session that is gone already needs no end; one that Telegram will not end yet stays, with the reason. */
async function readAll(session: UserSession, unwanted: readonly { hash: string }[]): Promise<Answer<Seen>> {
  const unended: Seen['unended'] = [];
  for (const { hash } of unwanted) {
    const ended = await session.endAuthorization(hash);
    if (ended.ok) continue;
    if (!REFUSALS.has(ended.failure.error)) return ended;
    unended.push({ hash, error: ended.failure.error });
  }
  const profile = await session.readProfile();
  if (!profile.ok) return profile;
  const listed = await session.listAuthorizations();
  if (!listed.ok) return listed;
  return { ok: true, value: { profile: profile.value, authorizations: listed.value, unended } };
}

/** core.telegram.org/method/account.resetAuthorization: a session younger than a day may not end others. */
const REFUSALS = new Set(['FRESH_RESET_AUTHORISATION_FORBIDDEN', 'HASH_INVALID']);
