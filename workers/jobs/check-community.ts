import type { Answer, ChatRef, CommunityFacts, UserSession } from '#core/telegram/user-session.ts';
import { failCommunityCheck } from '#db/commands/fail-community-check.ts';
import { recordCommunity } from '#db/commands/record-community.ts';
import { type CommunityCheck, reserveCommunityCheck } from '#db/commands/reserve-community-check.ts';
import { contextOf, defineLaneJob } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

/** A channel is worth parsing when one of its last posts has comments. */
const RECENT_POSTS = 15;

/**
 * Reads a community with one account: its facts, the account's standing in it, how many messages there are, and for a
 * channel whether people comment. A username look-up that it costs is written down before the call.
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

type Seen = { facts: CommunityFacts; recentComments: number | undefined; messagesCount: number };

async function readAll(
  session: UserSession,
  check: Extract<CommunityCheck, { kind: 'read' | 'resolve' }>,
): Promise<Answer<Seen>> {
  const facts =
    check.kind === 'read'
      ? await session.readCommunity(check.chat)
      : await session.resolveCommunity(check.reference);
  if (!facts.ok) return facts;
  const messages = await countMessages(session, facts.value);
  return messages.ok ? { ok: true, value: { facts: facts.value, ...messages.value } } : messages;
}

async function countMessages(
  session: UserSession,
  { kind, telegramId, accessHash }: CommunityFacts,
): Promise<Answer<Omit<Seen, 'facts'>>> {
  const chat: ChatRef = { kind, telegramId, accessHash };
  if (kind !== 'channel') {
    const count = await session.countMessages(chat);
    return count.ok ? { ok: true, value: { recentComments: undefined, messagesCount: count.value } } : count;
  }
  const page = await session.listPosts(chat, undefined);
  if (!page.ok) return page;
  const recent = page.value.posts.slice(0, RECENT_POSTS);
  const recentComments = recent.reduce((sum, post) => sum + post.comments, 0);
  return { ok: true, value: { recentComments, messagesCount: page.value.total } };
}
