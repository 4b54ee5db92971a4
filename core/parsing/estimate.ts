import type { ParseSource, ParseSpeed } from '../statuses.ts';
import { LETTERS, QUERY_CEILING } from './letters.ts';
import { durationMs } from './pace.ts';
import type { ParseWish } from './wish.ts';

/** What is known of a community before it is read. */
export type ParseSize = {
  membersCount: number | null;
  /** All its messages, or the posts of a channel. */
  messagesCount: number | null;
  /** Comments under the last 15 posts of a channel. */
  recentComments: number | null;
};

/** People and messages that one request answers with at most (research: mission §3.6). */
const MEMBERS_PAGE = 200;
const MESSAGES_PAGE = 100;
const RECENT_POSTS = 15;

export type ParseEstimate = {
  /** Members or messages that will be read; comments and reactions are known only from their posts on. */
  total: number;
  requests: number;
  durationMs: number;
  /** It takes longer the more there is that nobody can know before: reactions, people of each letter, a time range. */
  isRough: boolean;
};

/** How much and how long a parse will be; undefined while the community has not been read. */
export function estimateParse(
  order: { source: ParseSource; speed: ParseSpeed; wish: ParseWish },
  size: ParseSize,
): ParseEstimate | undefined {
  const { source, speed, wish } = order;
  const count = source === 'members' ? size.membersCount : size.messagesCount;
  if (count === null) return undefined;
  const answer = (total: number, requests: number, isRough: boolean): ParseEstimate => ({
    total,
    requests,
    durationMs: durationMs(speed, source === 'members' ? 'people' : 'messages', requests),
    isRough,
  });
  const isPart = wish.since !== undefined || wish.until !== undefined || wish.keyword !== undefined;
  switch (source) {
    case 'members': {
      const isBeyond = count > QUERY_CEILING;
      if (!isBeyond) return answer(count, pages(count, MEMBERS_PAGE), false);
      if (!wish.searchesLetters) return answer(QUERY_CEILING, QUERY_CEILING / MEMBERS_PAGE, false);
      return answer(count, Math.ceil((QUERY_CEILING + count) / MEMBERS_PAGE) + LETTERS.length, true);
    }
    case 'messages':
      return answer(count, pages(count, MESSAGES_PAGE), isPart);
    case 'commenters': {
      const perPost = (size.recentComments ?? 0) / RECENT_POSTS;
      const commented = Math.ceil(count * Math.min(1, perPost));
      const comments = Math.round(count * perPost);
      return answer(
        comments,
        pages(count, MESSAGES_PAGE) + Math.max(commented, pages(comments, MESSAGES_PAGE)),
        true,
      );
    }
    case 'reactions':
      return answer(count, pages(count, MESSAGES_PAGE), true);
  }
}

const pages = (count: number, size: number) => Math.max(1, Math.ceil(count / size));
