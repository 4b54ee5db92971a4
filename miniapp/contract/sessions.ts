import { z } from 'zod';
import { pageOf } from './page.ts';

const moment = z.iso.datetime();

/** What a signed-in page runs on, as far as its browser says. */
export const DEVICES = ['ios', 'android', 'windows', 'macos', 'linux', 'other'] as const;

export const sessionParams = z.object({ sessionId: z.uuid() });

/** One's own open sessions in all workspaces, newest first. Their moments are real time, as is `realNow`. */
export const sessionPageSchema = pageOf(
  z.object({
    sessionId: z.uuid(),
    workspace: z.string(),
    device: z.enum(DEVICES),
    isThisOne: z.boolean(),
    createdAt: moment,
    /** Written down at most every half minute. */
    usedAt: moment,
  }),
).extend({ realNow: moment });
export type SessionPage = z.infer<typeof sessionPageSchema>;
