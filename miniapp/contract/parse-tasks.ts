import { z } from 'zod';
import { parseWishSchema } from '#core/parsing/wish.ts';
import { PARSE_SOURCES, PARSE_SPEEDS, PARSE_STATUSES, PRIORITIES } from '#core/statuses.ts';
import { pageOf } from './page.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

export const parseTaskParams = z.object({ taskId: z.uuid() });

/** Without `accountId`: the account with the most to spare reads it. */
export const parseTaskBody = z.strictObject({
  communityId: z.uuid(),
  source: z.enum(PARSE_SOURCES),
  speed: z.enum(PARSE_SPEEDS).default('medium'),
  priority: z.enum(PRIORITIES).default('normal'),
  wish: z.strictObject(parseWishSchema.shape).default({}),
  accountId: z.uuid().optional(),
});

export const parseEstimateQuery = z.object({
  communityId: z.uuid(),
  source: z.enum(PARSE_SOURCES),
  searchesLetters: z.literal('true').optional(),
});

const parseEstimateSchema = z.object({
  /** Members or messages that will be read. */
  total: count,
  requests: count,
  /** Seconds from the first request to the last, at each speed. */
  seconds: z.object({ safe: count, medium: count, fast: count }),
  /** It may well take longer: how many comments, reactions or namesakes there are nobody knows before. */
  isRough: z.boolean(),
});

/** Null until an account has read the community. */
export const parseEstimateAnswerSchema = z.object({ estimate: parseEstimateSchema.nullable() });
export type ParseEstimateAnswer = z.infer<typeof parseEstimateAnswerSchema>;

export const parseTaskCreatedSchema = z.object({ taskId: z.uuid(), status: z.enum(PARSE_STATUSES) });

export const parseTaskSchema = z.object({
  taskId: z.uuid(),
  communityId: z.uuid(),
  /** Its title when an account has read it, else the reference it was given by. */
  community: z.string(),
  source: z.enum(PARSE_SOURCES),
  speed: z.enum(PARSE_SPEEDS),
  priority: z.enum(PRIORITIES),
  wish: parseWishSchema,
  status: z.enum(PARSE_STATUSES),
  /** A code or an error of the catalogue: why it failed, was refused or found nobody. */
  reason: z.string().nullable(),
  accountId: z.uuid().nullable(),
  /** What befell the account that handed it on last: an error of the catalogue. */
  movedBecause: z.string().nullable(),
  /** Its account rests: why, and until when; without `until` only a person can help. */
  waits: z.object({ because: z.string(), until: moment.nullable() }).nullable(),
  /** Members, messages or reactions read so far, and Telegram's own count of them once it is known. */
  seen: count,
  total: count.nullable(),
  people: count,
  /** Of the messages those with a photo, a file or the like, and those that no person sent. */
  media: count,
  impersonal: count,
  /** Of what is read; null unless it runs. */
  ratePerMinute: z.int().nullable(),
  secondsLeft: count.nullable(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
});
export type ParseTask = z.infer<typeof parseTaskSchema>;

export const parseTaskPageSchema = pageOf(parseTaskSchema);
export type ParseTaskPage = z.infer<typeof parseTaskPageSchema>;
export const parseTaskAnswerSchema = serverTimeSchema.extend({ task: parseTaskSchema });
export type ParseTaskAnswer = z.infer<typeof parseTaskAnswerSchema>;
