import { z } from 'zod';
import { audienceFilterSchema } from '#core/audience/filter.ts';
import { peopleWishSchema } from '#core/audience/people-wish.ts';
import { parsePhone } from '#core/audience/phone.ts';
import { AUDIENCE_STATUSES, BASES, SUPPRESSION_SCOPES } from '#core/statuses.ts';
import { pageOf, pageQuery } from './page.ts';
import { serverTimeSchema } from './session.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

export const audienceParams = z.object({ audienceId: z.uuid() });

const audienceIds = z.array(z.uuid()).max(100).default([]);

/** Made of people of parse tasks, a typed text with one person a line, other audiences and a segment, or some of these. */
export const audienceBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  taskIds: z.array(z.uuid()).max(100).default([]),
  filter: z.strictObject(audienceFilterSchema.shape).optional(),
  /** At most so many of the parsed people. */
  limit: z.int().min(1).optional(),
  typed: z.string().max(60_000).default(''),
  typedBasis: z.enum(BASES).default('collected'),
  /** Members of any of these audiences; of all of these; nobody of these. */
  union: audienceIds,
  intersection: audienceIds,
  minus: audienceIds,
  /** Everybody the workspace knows whom this lets through. */
  segment: z.strictObject(peopleWishSchema.omit({ audienceId: true }).shape).optional(),
});

export const audienceCreatedSchema = z.object({ audienceId: z.uuid() });

const audienceSchema = z.object({
  audienceId: z.uuid(),
  name: z.string(),
  status: z.enum(AUDIENCE_STATUSES),
  members: count,
});

export const audiencePageSchema = pageOf(audienceSchema.extend({ createdAt: moment }));
export type AudiencePage = z.infer<typeof audiencePageSchema>;

export const audienceAnswerSchema = serverTimeSchema.extend({
  audience: audienceSchema.extend({
    /** Lines of the typed text that became nobody, in their order. */
    rejects: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })),
  }),
});
export type AudienceAnswer = z.infer<typeof audienceAnswerSchema>;

/** A person by Telegram id, username or phone, one or several. `communityId` with the scope `community` only. */
export const suppressionBody = z.strictObject({
  telegramId: z
    .string()
    .regex(/^[1-9]\d{0,18}$/)
    .optional(),
  username: z
    .string()
    .trim()
    .regex(/^@?\w{4,32}$/)
    .transform((name) => name.replace('@', ''))
    .optional(),
  /** With + and the country code, however it is written. */
  phone: z
    .string()
    .trim()
    .max(32)
    .refine((text) => parsePhone(text) !== undefined)
    .transform((text) => parsePhone(text) ?? text)
    .optional(),
  scope: z.enum(SUPPRESSION_SCOPES),
  communityId: z.uuid().optional(),
  reason: z.string().trim().min(1).max(200),
});

/** `person` is a Telegram id, a username or a phone number: only what is kept of them. */
export const suppressionsQuery = pageQuery.extend({ person: z.string().trim().min(1).max(64).optional() });

/** One row of the list, or everything that is kept of a person, and why it ends. */
export const suppressionLiftBody = z
  .strictObject({
    suppressionId: z.uuid().optional(),
    person: z.string().trim().min(1).max(64).optional(),
    reason: z.string().trim().min(1).max(200),
  })
  .refine((body) => (body.suppressionId === undefined) !== (body.person === undefined), { path: ['person'] });

export const suppressionLiftedSchema = z.object({ lifted: count });

/** Whom each is about is kept as a hash only, and so not told. */
export const suppressionPageSchema = pageOf(
  z.object({
    suppressionId: z.uuid(),
    scope: z.enum(SUPPRESSION_SCOPES),
    communityId: z.uuid().nullable(),
    reason: z.string(),
    createdAt: moment,
  }),
).extend({
  /** The person that is asked for has told the bot to stop, which no workspace can lift. */
  hasStopped: z.boolean(),
});
export type SuppressionPage = z.infer<typeof suppressionPageSchema>;
