import { z } from 'zod';

/** Where a parse of members goes on: the offset of its next page. */
export const membersCursorSchema = z.object({ source: z.literal('members'), offset: z.int().min(0) });

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

export const parseCursorSchema = z.discriminatedUnion('source', [
  membersCursorSchema,
  commentersCursorSchema,
]);

export type MembersCursor = z.infer<typeof membersCursorSchema>;
export type CommentersCursor = z.infer<typeof commentersCursorSchema>;
export type ParseCursor = z.infer<typeof parseCursorSchema>;

export const firstMembersCursor: MembersCursor = { source: 'members', offset: 0 };

export const firstCommentersCursor: CommentersCursor = {
  source: 'commenters',
  posts: [],
  beforeCommentId: null,
  beforePostId: null,
  isLastPage: false,
};
