import { z } from 'zod';
import { SHORTEST_QUERY } from '#core/community/search.ts';
import { COMMUNITY_KINDS, COMMUNITY_MARKS, SEARCH_KINDS, SEARCH_STATUSES } from '#core/statuses.ts';
import { pageOf, pageQuery } from './page.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

export const communityParams = z.object({ communityId: z.uuid() });

/** Any written form: `@name`, a t.me link, a `-100…` id. */
export const communityBody = z.strictObject({ reference: z.string().trim().min(1).max(256) });

export const communityCreatedSchema = z.object({ communityId: z.uuid() });

/** The facts are null until an account has read the community. */
export const communitySchema = z.object({
  communityId: z.uuid(),
  reference: z.string(),
  kind: z.enum(COMMUNITY_KINDS).nullable(),
  title: z.string().nullable(),
  username: z.string().nullable(),
  membersCount: count.nullable(),
  membersHidden: z.boolean().nullable(),
  /** Comments under the last 15 posts of a channel. */
  recentComments: count.nullable(),
  /** Telegram id of the discussion group of a channel. */
  linkedTelegramId: z.string().nullable(),
  /** What it says of itself. */
  about: z.string().nullable(),
  lastPostAt: moment.nullable(),
  /** A guess from title and about, ISO 639-1. */
  language: z.string().nullable(),
  mark: z.enum(COMMUNITY_MARKS),
  /** People can be collected there: of every group, and of a channel whose last posts have comments. */
  isOffered: z.boolean(),
  checkedAt: moment.nullable(),
  /** Why it could not be read: a code of the catalogue. */
  refusal: z.string().nullable(),
  createdAt: moment,
});
export type Community = z.infer<typeof communitySchema>;

export const communityPageSchema = pageOf(communitySchema);
export type CommunityPage = z.infer<typeof communityPageSchema>;
export const communityAnswerSchema = serverTimeSchema.extend({ community: communitySchema });
export type CommunityAnswer = z.infer<typeof communityAnswerSchema>;

/** What an absent wish leaves open; a community that was not read yet has no answer and fails a wish. */
const wishes = {
  kind: z.enum(COMMUNITY_KINDS).optional(),
  least: z.coerce.number().int().min(0).optional(),
  most: z.coerce.number().int().min(0).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
  offered: z.stringbool().optional(),
  hasComments: z.stringbool().optional(),
  hasDiscussion: z.stringbool().optional(),
  membersHidden: z.stringbool().optional(),
};

export const communitiesQuery = pageQuery.extend({
  mark: z.enum(COMMUNITY_MARKS).default('saved'),
  ...wishes,
});

/** Those the workspace has blocked are left out. */
export const foundQuery = pageQuery.extend(wishes);

export const markBody = z.strictObject({ mark: z.enum(COMMUNITY_MARKS) });

export const searchParams = z.object({ searchId: z.uuid() });

/** Without `accountId` the account with the most to spare asks. */
export const searchBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('words'),
    words: z.string().trim().min(SHORTEST_QUERY).max(100),
    accountId: z.uuid().optional(),
  }),
  z.strictObject({ kind: z.literal('similar'), communityId: z.uuid() }),
  z.strictObject({ kind: z.literal('dialogs'), accountId: z.uuid() }),
  z.strictObject({
    kind: z.literal('references'),
    references: z.array(z.string().trim().min(1).max(256)).min(1).max(100),
  }),
]);

export const searchCreatedSchema = z.object({ searchId: z.uuid(), status: z.enum(SEARCH_STATUSES) });

export const searchSchema = z.object({
  searchId: z.uuid(),
  kind: z.enum(SEARCH_KINDS),
  words: z.string().nullable(),
  /** Title or reference of the channel that others are to be like. */
  like: z.string().nullable(),
  status: z.enum(SEARCH_STATUSES),
  /** A code or an error of the catalogue. */
  reason: z.string().nullable(),
  /** When it goes on, where it has to wait. */
  waitsUntil: moment.nullable(),
  found: count,
  /** Of them, those that an account has still to read. */
  unread: count,
  /** Calls that it has cost so far. */
  calls: count,
  createdAt: moment,
  finishedAt: moment.nullable(),
});
export type CommunitySearch = z.infer<typeof searchSchema>;

export const searchPageSchema = pageOf(searchSchema).extend({
  /** How many more searches the accounts of the workspace may make now, and how many they may in an hour. */
  quota: z.object({ left: count, perHour: count }),
});
export type CommunitySearchPage = z.infer<typeof searchPageSchema>;
export const searchAnswerSchema = serverTimeSchema.extend({ search: searchSchema });
export type CommunitySearchAnswer = z.infer<typeof searchAnswerSchema>;
