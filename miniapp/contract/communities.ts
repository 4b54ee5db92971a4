import { z } from 'zod';
import { COMMUNITY_KINDS, COMMUNITY_MARKS } from '#core/statuses.ts';
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
