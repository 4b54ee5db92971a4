import { type CommentersCursor, firstCommentersCursor } from '#core/parsing/cursor.ts';
import type { Answer, ChatRef, UserSession } from '#core/telegram/user-session.ts';
import { defineLaneJob } from '../runtime/define-job.ts';
import { type ReadPage, readPages, type SourcePage } from './read-pages.ts';

/** Collects who commented under the posts of a channel: a page is one list of posts, or one list of comments. */
export const parseCommenters = defineLaneJob('parse-commenters', (job, deps, lane) =>
  readPages(job, deps, lane, readCommenters),
);

/** A post whose discussion is gone ends with the post, not with the task. */
const POST_GONE = new Set(['MSG_ID_INVALID', 'MESSAGE_ID_INVALID']);

const readCommenters: ReadPage = (session, chat, cursor, seenBefore) => {
  const place = cursor.source === 'commenters' ? cursor : firstCommentersCursor;
  return place.posts.length === 0
    ? readPosts(session, chat, place, seenBefore)
    : readComments(session, chat, place, seenBefore);
};

async function readPosts(
  session: UserSession,
  chat: ChatRef,
  place: CommentersCursor,
  seenBefore: number,
): Promise<Answer<SourcePage>> {
  const answer = await session.listPosts(chat, place.beforePostId ?? undefined);
  if (!answer.ok) return answer;
  const { posts, nextBeforeId } = answer.value;
  const next: CommentersCursor = {
    source: 'commenters',
    posts: posts
      .filter((post) => post.comments > 0)
      .map(({ messageId, comments }) => ({ messageId, comments })),
    beforeCommentId: null,
    beforePostId: nextBeforeId ?? null,
    isLastPage: nextBeforeId === undefined,
  };
  return { ok: true, value: { ...nothing, total: seenBefore + commentsLeft(next), next: unlessOver(next) } };
}

async function readComments(
  session: UserSession,
  chat: ChatRef,
  place: CommentersCursor,
  seenBefore: number,
): Promise<Answer<SourcePage>> {
  const postId = place.posts[0]?.messageId ?? 0;
  const answer = await session.listComments(chat, postId, place.beforeCommentId ?? undefined);
  if (!answer.ok) {
    if (!POST_GONE.has(answer.failure.error)) return answer;
    return { ok: true, value: { ...nothing, total: null, next: unlessOver(afterPost(place)) } };
  }
  const { comments, people, chat: discussion, nextBeforeId } = answer.value;
  const authors = new Map(comments.map((comment) => [comment.authorId, comment.messageId]));
  const next =
    nextBeforeId === undefined ? afterPost(place) : afterComments(place, comments.length, nextBeforeId);
  return {
    ok: true,
    value: {
      people: people.filter((person) => authors.has(person.telegramId)),
      refs: [...authors].map(([telegramId, messageId]) => ({ telegramId, chat: discussion, messageId })),
      admins: [],
      seen: comments.length,
      total: seenBefore + comments.length + commentsLeft(next),
      next: unlessOver(next),
    },
  };
}

const nothing = { people: [], refs: [], admins: [], seen: 0 };

const afterPost = (place: CommentersCursor): CommentersCursor => ({
  ...place,
  posts: place.posts.slice(1),
  beforeCommentId: null,
});

function afterComments(place: CommentersCursor, count: number, beforeCommentId: number): CommentersCursor {
  const [post, ...others] = place.posts;
  if (!post) return place;
  const rest = { ...post, comments: Math.max(0, post.comments - count) };
  return { ...place, posts: [rest, ...others], beforeCommentId };
}

/** By Telegram's own counts, for the posts listed so far. */
const commentsLeft = (place: CommentersCursor): number =>
  place.posts.reduce((sum, post) => sum + post.comments, 0);

const unlessOver = (place: CommentersCursor): CommentersCursor | undefined =>
  place.isLastPage && place.posts.length === 0 ? undefined : place;
