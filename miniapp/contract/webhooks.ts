import { z } from 'zod';
import { type EventKind, eventSchemas } from '#core/events.ts';
import { pageOf } from './page.ts';

const moment = z.iso.datetime();
const kinds = Object.keys(eventSchemas) as [EventKind, ...EventKind[]];

export const webhookParams = z.object({ webhookId: z.uuid() });

/** Without `kinds`: every event of the workspace. */
export const webhookBody = z.strictObject({
  url: z.string().trim().min(1).max(500),
  kinds: z.array(z.enum(kinds)).min(1).optional(),
});

/** Shown once: the secret that signs what is told. */
export const createdWebhookSchema = z.object({ webhookId: z.uuid(), secret: z.string() });

/** Newest first. Their moments are real time. */
export const webhookPageSchema = pageOf(
  z.object({
    webhookId: z.uuid(),
    url: z.string(),
    kinds: z.array(z.string()).nullable(),
    createdAt: moment,
    /** Since when it has answered nothing; null while it does. */
    failingSince: moment.nullable(),
    /** Told nothing more since then, and the last answer. */
    disabledAt: moment.nullable(),
    disabledBecause: z.string().nullable(),
    /** What has not arrived yet. */
    waiting: z.int().min(0),
  }),
).extend({ realNow: moment });
export type WebhookPage = z.infer<typeof webhookPageSchema>;

/** What it was told in the last seven days, or is to be told, newest first. Moments of items are real time. */
export const deliveryPageSchema = pageOf(
  z.object({
    deliveryId: z.uuid(),
    position: z.int(),
    kind: z.string(),
    createdAt: moment,
    tries: z.int().min(0),
    /** The next try; null when there is none. */
    dueAt: moment.nullable(),
    deliveredAt: moment.nullable(),
    /** What the last try came to: a status, or the name of a failure. */
    answer: z.string().nullable(),
  }),
);
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;
