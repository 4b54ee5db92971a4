import { z } from 'zod';
import { audienceFilterSchema } from './filter.ts';

/** Everybody, unless a wish says otherwise: nobody is left out of what a person looks at. */
export const everybody = audienceFilterSchema.parse({
  keepsBots: true,
  keepsDeleted: true,
  keepsScam: true,
  keepsAdmins: true,
});

/** Which of the people that a workspace knows. */
export const peopleWishSchema = z.object({
  /** What a name, a last name or a username begins with, in any case; the @ of a username may stand before it. */
  search: z.string().optional(),
  filter: audienceFilterSchema.default(everybody),
  /** Only the people that this task has found. */
  taskId: z.uuid().optional(),
  /** Only the members of this audience. */
  audienceId: z.uuid().optional(),
  /** Only people that were seen in this community. */
  communityId: z.uuid().optional(),
});
export type PeopleWish = z.infer<typeof peopleWishSchema>;

export const PEOPLE_SORTS = ['name', '-name', 'seen', '-seen'] as const;
/** By name, or by when somebody was seen last; with a minus the other way round. */
export type PeopleSort = (typeof PEOPLE_SORTS)[number];
