import { Refused } from '#core/refusals.ts';
import type { Answer, DialogsCursor, ListedCommunity, UserSession } from '#core/telegram/user-session.ts';
import { failCommunitySearch } from '#db/commands/fail-community-search.ts';
import { recordCommunitySearch } from '#db/commands/record-community-search.ts';
import { type ReservedSearch, reserveCommunitySearch } from '#db/commands/reserve-community-search.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/** Asks Telegram for communities, keeps what it lists, and leaves reading each to `check-community`. */
export const searchCommunities = defineLaneJob('search-communities', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { searchId, accountId, workspaceId } = job;
    const owner = { searchId, accountId, leaseToken: lane.leaseToken };
    try {
      const search = await reserveCommunitySearch(contextOf(deps, workspaceId), owner);
      if (search.kind === 'wait') return { kind: 'again', at: search.until, because: 'search_limit' };
      const found = await ask(session, search);
      const ctx = contextOf(deps, workspaceId);
      if (found.ok) await recordCommunitySearch(ctx, { ...owner, communities: found.value });
      else await failCommunitySearch(ctx, { ...owner, failure: found.failure });
      deps.tell();
      return { kind: 'done' };
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    }
  }),
);

function ask(
  session: UserSession,
  search: Exclude<ReservedSearch, { kind: 'wait' }>,
): Promise<Answer<ListedCommunity[]>> {
  switch (search.kind) {
    case 'words':
      return session.searchCommunities(search.words);
    case 'similar':
      return session.listSimilarChannels(search.channel);
    case 'dialogs':
      return listOwn(session);
  }
}

/** An account is in 500 communities at most, or 1,000 with Premium (limits.tginfo.me): ten pages hold them. */
const MOST_PAGES = 10;

async function listOwn(session: UserSession): Promise<Answer<ListedCommunity[]>> {
  const communities: ListedCommunity[] = [];
  let after: DialogsCursor | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await session.listOwnCommunities(after);
    if (!answer.ok) return answer;
    communities.push(...answer.value.communities);
    after = answer.value.next;
    if (!after) break;
  }
  return { ok: true, value: communities };
}
