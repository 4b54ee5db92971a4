import { z } from 'zod';
import { audienceFilterSchema } from '#core/audience/filter.ts';
import { PEOPLE_SORTS } from '#core/audience/people-wish.ts';
import { BASES, EXPORT_FORMATS, ORIGINS, PARSE_SOURCES } from '#core/statuses.ts';
import { LAST_SEEN_BUCKETS } from '#core/telegram/user-session.ts';
import { pageOf, pageQuery } from './page.ts';
import { serverTimeSchema } from './session.ts';

const count = z.int().min(0);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Everybody unless a field says otherwise. `search` is what a name, a last name or a username begins with. */
const wishFields = {
  search: z.string().trim().max(64).optional(),
  taskId: z.uuid().optional(),
  audienceId: z.uuid().optional(),
  communityId: z.uuid().optional(),
  hasUsername: flag.optional(),
  hasPhoto: flag.optional(),
  isPremium: flag.optional(),
  /** Buckets, with commas between. */
  lastSeen: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(LAST_SEEN_BUCKETS)).min(1))
    .optional(),
  keepsBots: flag.default(true),
  keepsDeleted: flag.default(true),
  keepsScam: flag.default(true),
  keepsAdmins: flag.default(true),
};

/** What a search finds comes in alphabetical order, whatever `sort` says. */
export const peopleQuery = z.strictObject({
  ...pageQuery.shape,
  ...wishFields,
  cursor: z.uuid().optional(),
  sort: z.enum(PEOPLE_SORTS).default('name'),
});

export const peopleStatisticsQuery = z.strictObject(wishFields).omit({ search: true, communityId: true });

export const peopleExportQuery = z.strictObject({ ...wishFields, format: z.enum(EXPORT_FORMATS) });
export const audienceExportQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS) });

type WishQuery = z.infer<typeof peopleExportQuery>;

/** The wish that a query's fields make. */
export const wishOf = (query: Omit<WishQuery, 'format' | 'search' | 'communityId'> & Partial<WishQuery>) => {
  const { search, taskId, audienceId, communityId, format: _format, ...filter } = query;
  return { search, taskId, audienceId, communityId, filter: audienceFilterSchema.parse(filter) };
};

/** Why somebody is in an audience, and where they came from. */
const membershipSchema = z.object({
  basis: z.enum(BASES),
  origin: z.enum(ORIGINS),
  /** The parse task, the file or the other audience; null for a typed list and for a segment. */
  originId: z.uuid().nullable(),
  /** The parsed community, the file or the other audience by its name; null when it was removed, or has none. */
  originName: z.string().nullable(),
  /** Whom a parse task collected. */
  source: z.enum(PARSE_SOURCES).nullable(),
  /** When the task saw them or the file was brought in; else when the audience was ordered. */
  at: z.iso.datetime(),
  /** The first name of who ordered the task, the file or the audience; null when it was nobody of the team. */
  by: z.string().nullable(),
});

/** `total` counts no further than a thousand; `next` goes on beyond that. */
export const peoplePageSchema = pageOf(
  z.object({
    personId: z.uuid(),
    telegramId: z.string().nullable(),
    username: z.string().nullable(),
    phone: z.string().nullable(),
    firstName: z.string(),
    lastName: z.string().nullable(),
    isBot: z.boolean(),
    isDeleted: z.boolean(),
    isScam: z.boolean(),
    isPremium: z.boolean(),
    hasPhoto: z.boolean(),
    isAdminSomewhere: z.boolean(),
    lastSeen: z.enum(LAST_SEEN_BUCKETS),
    seenAt: z.iso.datetime(),
    /** In the audience that was asked for; null when none was. */
    membership: membershipSchema.nullable(),
  }),
);
export type PeoplePageAnswer = z.infer<typeof peoplePageSchema>;

export const peopleStatisticsSchema = serverTimeSchema.extend({
  statistics: z.object({
    total: count,
    withUsername: count,
    withPhoto: count,
    premium: count,
    bots: count,
    deleted: count,
    scam: count,
    admins: count,
    lastSeen: z.record(z.enum(LAST_SEEN_BUCKETS), count),
    /** By the letters of names: a guess at the language. */
    scripts: z.object({ cyrillic: count, latin: count, arabic: count, other: count }),
    sources: z.array(z.object({ communityId: z.uuid(), title: z.string(), people: count })),
  }),
});
export type PeopleStatisticsAnswer = z.infer<typeof peopleStatisticsSchema>;
