import type { Answer, ChatRef, CommunityFacts, UserSession } from '#core/telegram/user-session.ts';
import { failCommunityCheck } from '#db/commands/fail-community-check.ts';
import { recordCommunity } from '#db/commands/record-community.ts';
import { type CommunityCheck, reserveCommunityCheck } from '#db/commands/reserve-community-check.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/** A channel is worth parsing when one of its last posts has comments. */
const RECENT_POSTS = 15;

/**
 * Reads a community with one account: its facts, the account's standing in it, and for a channel whether people
 * comment. A username look-up that it costs is written down before the call.
 */
export const checkCommunity = defineLaneJob('check-community', (job, deps, lane) =>
  withSession(job, deps, lane, async (session) => {
    const { communityId, accountId, workspaceId } = job;
    const check = await reserveCommunityCheck(contextOf(deps, workspaceId), {
      communityId,
      accountId,
      leaseToken: lane.leaseToken,
      callDeadlineMs: deps.callDeadlineMs,
    });
    if (check.kind === 'lease_lost' || check.kind === 'account_rests')
      return { kind: 'drop', because: check.kind };
    if (check.kind === 'wait') return { kind: 'done' };

    const seen = await readAll(session, check);
    const lookup = 'lookupId' in check && check.lookupId ? { lookupId: check.lookupId } : {};
    const about = { communityId, accountId, ...lookup };
    if (seen.ok) {
      await recordCommunity(contextOf(deps, workspaceId), { ...about, ...seen.value });
    } else {
      deps.log.info({ communityId, accountId, ...seen.failure }, 'a community could not be read');
      await failCommunityCheck(contextOf(deps, workspaceId), { ...about, failure: seen.failure });
    }
    deps.tell();
    return { kind: 'done' };
  }),
);

type Seen = { facts: CommunityFacts; recentComments: number | undefined };

async function readAll(
  session: UserSession,
  check: Extract<CommunityCheck, { kind: 'read' | 'resolve' }>,
): Promise<Answer<Seen>> {
  const facts =
    check.kind === 'read'
      ? await session.readCommunity(check.chat)
      : await session.resolveCommunity(check.reference);
  if (!facts.ok) return facts;
  const comments = await countRecentComments(session, facts.value);
  return comments.ok ? { ok: true, value: { facts: facts.value, recentComments: comments.value } } : comments;
}

async function countRecentComments(
  session: UserSession,
  { kind, telegramId, accessHash }: CommunityFacts,
): Promise<Answer<number | undefined>> {
  if (kind !== 'channel') return { ok: true, value: undefined };
  const channel: ChatRef = { kind, telegramId, accessHash };
  const page = await session.listPosts(channel, undefined);
  if (!page.ok) return page;
  const recent = page.value.posts.slice(0, RECENT_POSTS);
  return { ok: true, value: recent.reduce((sum, post) => sum + post.comments, 0) };
}
