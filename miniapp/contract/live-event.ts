import { z } from 'zod';
import { type EventKind, eventSchemas } from '#core/events.ts';

const kinds = Object.keys(eventSchemas) as EventKind[];

/**
 * One server-sent event: its `id` is the position to resume behind with `Last-Event-ID`, its data this shape. The
 * payload holds ids and numbers; whoever shows something fetches it.
 */
export const liveEventSchema = z.object({
  kind: z.enum(kinds),
  at: z.iso.datetime(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;
