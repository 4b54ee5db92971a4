import { z } from 'zod';
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
  accountId: z.uuid().optional(),
});

export const parseTaskCreatedSchema = z.object({ taskId: z.uuid(), status: z.enum(PARSE_STATUSES) });

export const parseTaskSchema = z.object({
  taskId: z.uuid(),
  communityId: z.uuid(),
  /** Its title when an account has read it, else the reference it was given by. */
  community: z.string(),
  source: z.enum(PARSE_SOURCES),
  speed: z.enum(PARSE_SPEEDS),
  status: z.enum(PARSE_STATUSES),
  /** A code or an error of the catalogue. */
  reason: z.string().nullable(),
  /** Members or messages read so far, and Telegram's own count of them once it is known. */
  seen: count,
  total: count.nullable(),
  people: count,
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
});
export type ParseTask = z.infer<typeof parseTaskSchema>;

export const parseTaskPageSchema = pageOf(parseTaskSchema);
export type ParseTaskPage = z.infer<typeof parseTaskPageSchema>;
export const parseTaskAnswerSchema = serverTimeSchema.extend({ task: parseTaskSchema });
export type ParseTaskAnswer = z.infer<typeof parseTaskAnswerSchema>;
