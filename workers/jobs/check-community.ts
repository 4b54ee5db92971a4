import { RECENT_POSTS } from '#core/community/search.ts';
import type { Answer, ChatRef, CommunityFacts, UserSession } from '#core/telegram/user-session.ts';
import { failCommunityCheck } from '#db/commands/fail-community-check.ts';
import { type RecordCommunityInput, recordCommunity } from '#db/commands/record-community.ts';
import { type CommunityCheck, reserveCommunityCheck } from '#db/commands/reserve-community-check.ts';
import { guessLanguage } from '../language.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/**
 * Reads a community with one account: its facts, the account's standing in it, how many messages there are and when the
 * last was written, and for a channel whether people comment. A username look-up that it costs is written down before the
 * call.
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

type Seen = Pick<
  RecordCommunityInput,
  'facts' | 'recentComments' | 'messagesCount' | 'lastPostAt' | 'language'
>;

async function readAll(
  session: UserSession,
  check: Extract<CommunityCheck, { kind: 'read' | 'resolve' }>,
): Promise<Answer<Seen>> {
  const answer =
    check.kind === 'read'
      ? await session.readCommunity(check.chat)
      : await session.resolveCommunity(check.reference);
  if (!answer.ok) return answer;
  const facts = answer.value;
  const posts = await readLastPosts(session, facts);
  if (!posts.ok) return posts;
  const language = guessLanguage([facts.title, facts.about].join(' '));
  return { ok: true, value: { facts, language, ...posts.value } };
}

/** What an account without a place in a group gets for its messages; the group's facts stand without them. */
const CLOSED = new Set(['CHANNEL_PRIVATE', 'CHAT_ADMIN_REQUIRED', 'CHAT_FORBIDDEN']);

async function readLastPosts(
  session: UserSession,
  { kind, telegramId, accessHash }: CommunityFacts,
): Promise<Answer<Pick<Seen, 'recentComments' | 'messagesCount' | 'lastPostAt'>>> {
  const chat: ChatRef = { kind, telegramId, accessHash };
  const page = await session.listPosts(chat, undefined, RECENT_POSTS);
  if (!page.ok) {
    const isClosed = kind !== 'channel' && CLOSED.has(page.failure.error);
    return isClosed ? { ok: true, value: { recentComments: undefined } } : page;
  }
  const { posts, total } = page.value;
  const recentComments = kind === 'channel' ? posts.reduce((sum, post) => sum + post.comments, 0) : undefined;
  return { ok: true, value: { recentComments, messagesCount: total, lastPostAt: posts[0]?.at } };
}
