import type { CommentersCursor } from '#core/parsing/cursor.ts';
import { conditionsOf } from '#core/parsing/wish.ts';
import type { Answer } from '#core/telegram/user-session.ts';
import { authorsOf, emptyPage, type ReadSource, type SourcePage, type SourceRequest } from './source-page.ts';

type Request = SourceRequest<'commenters'>;

/** Who commented under the posts of a channel: a page is one list of posts, or one list of comments. */
export const readCommenters: ReadSource<'commenters'> = (request) =>
  request.cursor.posts.length === 0 ? readPosts(request) : readComments(request);

/** A post whose discussion is gone ends with the post, not with the task. */
const POST_GONE = new Set(['MSG_ID_INVALID', 'MESSAGE_ID_INVALID']);

async function readPosts(request: Request): Promise<Answer<SourcePage>> {
  const { session, chat, cursor: place, seenBefore } = request;
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
  return {
    ok: true,
    value: { ...emptyPage, total: seenBefore + commentsLeft(next), next: unlessOver(next) },
  };
}

async function readComments(request: Request): Promise<Answer<SourcePage>> {
  const { session, chat, cursor: place, wish, seenBefore } = request;
  const postId = place.posts[0]?.messageId ?? 0;
  const beforeId = place.beforeCommentId ?? undefined;
  const answer = await session.listComments(chat, postId, beforeId, conditionsOf(wish));
  if (!answer.ok) {
    if (!POST_GONE.has(answer.failure.error)) return answer;
    return { ok: true, value: { ...emptyPage, total: null, next: unlessOver(afterPost(place)) } };
  }
  const { read, nextBeforeId } = answer.value;
  const next = nextBeforeId === undefined ? afterPost(place) : afterComments(place, read, nextBeforeId);
  return {
    ok: true,
    value: {
      ...emptyPage,
      ...authorsOf(answer.value),
      seen: read,
      total: seenBefore + read + commentsLeft(next),
      next: unlessOver(next),
    },
  };
}

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
