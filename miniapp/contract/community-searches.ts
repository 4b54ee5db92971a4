import { z } from 'zod';
import { SHORTEST_QUERY } from '#core/community/search.ts';
import { SEARCH_KINDS, SEARCH_STATUSES } from '#core/statuses.ts';
import { pageOf } from './page.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

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
