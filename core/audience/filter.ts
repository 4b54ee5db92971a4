import { z } from 'zod';
import { LAST_SEEN_BUCKETS, type SeenPerson } from '../telegram/user-session.ts';

/** What is kept of the people a parse saw. An absent wish keeps both; bots, deleted, scam and admins are left out. */
export const audienceFilterSchema = z.object({
  hasUsername: z.boolean().optional(),
  hasPhoto: z.boolean().optional(),
  isPremium: z.boolean().optional(),
  lastSeen: z.array(z.enum(LAST_SEEN_BUCKETS)).min(1).optional(),
  keepsBots: z.boolean().default(false),
  keepsDeleted: z.boolean().default(false),
  keepsScam: z.boolean().default(false),
  keepsAdmins: z.boolean().default(false),
});

export type AudienceFilter = z.infer<typeof audienceFilterSchema>;

/** The part of a person that filters look at. */
export type FilteredPerson = Pick<
  SeenPerson,
  'isBot' | 'isDeleted' | 'isScam' | 'isPremium' | 'hasPhoto' | 'lastSeen'
> & { username?: string | null | undefined; isAdminSomewhere: boolean };

/** True when the person passes every wish of the filter. */
export function matchesFilter(person: FilteredPerson, filter: AudienceFilter): boolean {
  const wished = (wish: boolean | undefined, fact: boolean) => wish === undefined || wish === fact;
  return (
    wished(filter.hasUsername, Boolean(person.username)) &&
    wished(filter.hasPhoto, person.hasPhoto) &&
    wished(filter.isPremium, person.isPremium) &&
    (filter.lastSeen === undefined || filter.lastSeen.includes(person.lastSeen)) &&
    (filter.keepsBots || !person.isBot) &&
    (filter.keepsDeleted || !person.isDeleted) &&
    (filter.keepsScam || !person.isScam) &&
    (filter.keepsAdmins || !person.isAdminSomewhere)
  );
}
