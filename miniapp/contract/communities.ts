import { z } from 'zod';
import { COMMUNITY_KINDS } from '#core/statuses.ts';
import { pageOf } from './page.ts';
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
