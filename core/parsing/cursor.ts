import { z } from 'zod';
import type { ParseSource } from '../statuses.ts';

/** Where a parse of members goes on: the offset of its next page in the search for these beginnings of names. */
export const membersCursorSchema = z.object({
  source: z.literal('members'),
  offset: z.int().min(0),
  /** Empty lists everybody; a letter is asked for only beyond what one query serves. */
  letter: z.string().default(''),
});

/** Where a parse of authors goes on: messages older than this one; null begins at the newest. */
export const messagesCursorSchema = z.object({
  source: z.literal('messages'),
  beforeMessageId: z.int().nullable(),
});

/**
 * Where a parse of commenters goes on: the posts of the listed page that are still to be read, newest first, and the
 * place inside the first of them. An empty list means that the next page of posts is due.
 */
export const commentersCursorSchema = z.object({
  source: z.literal('commenters'),
  posts: z.array(z.object({ messageId: z.int(), comments: z.int().min(0) })),
  /** Comments older than this one of the first post; null begins at its newest. */
  beforeCommentId: z.int().nullable(),
  /** The next page of posts is older than this one; null begins at the newest. */
  beforePostId: z.int().nullable(),
  /** No page of posts is left to list. */
  isLastPage: z.boolean(),
});

/** The same of people who reacted: the messages still to be asked about, and Telegram's own mark inside the first. */
export const reactionsCursorSchema = z.object({
  source: z.literal('reactions'),
  messages: z.array(z.object({ messageId: z.int(), reactions: z.int().min(0) })),
  offset: z.string().nullable(),
  beforeMessageId: z.int().nullable(),
  isLastPage: z.boolean(),
});

export const parseCursorSchema = z.discriminatedUnion('source', [
  membersCursorSchema,
  messagesCursorSchema,
  commentersCursorSchema,
  reactionsCursorSchema,
]);

export type MembersCursor = z.infer<typeof membersCursorSchema>;
export type MessagesCursor = z.infer<typeof messagesCursorSchema>;
export type CommentersCursor = z.infer<typeof commentersCursorSchema>;
export type ReactionsCursor = z.infer<typeof reactionsCursorSchema>;
export type ParseCursor = z.infer<typeof parseCursorSchema>;
export type CursorOf<S extends ParseSource> = Extract<ParseCursor, { source: S }>;

const firstCursors: { [S in ParseSource]: CursorOf<S> } = {
  members: { source: 'members', offset: 0, letter: '' },
  messages: { source: 'messages', beforeMessageId: null },
  commenters: {
    source: 'commenters',
    posts: [],
    beforeCommentId: null,
    beforePostId: null,
    isLastPage: false,
  },
  reactions: { source: 'reactions', messages: [], offset: null, beforeMessageId: null, isLastPage: false },
};

/** Where a source begins. */
export const firstCursor = (source: ParseSource): ParseCursor => firstCursors[source];

/** What the page at this place asks Telegram for: a list of messages, or a list of people. */
export const requestAt = (cursor: ParseCursor): 'messages' | 'people' => {
  if (cursor.source === 'members') return 'people';
  return cursor.source === 'reactions' && cursor.messages.length > 0 ? 'people' : 'messages';
};
