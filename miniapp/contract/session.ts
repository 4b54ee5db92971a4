import { z } from 'zod';
import { ROLES } from '#core/roles.ts';
import { LANGUAGES } from '#core/statuses.ts';

/** Without a workspace: the one the operator chose last, else the one they have belonged to for longest. */
export const signInBody = z.strictObject({ workspaceId: z.uuid().optional() });

/** What a signed-in page runs on, as far as its browser says. */
export const DEVICES = ['ios', 'android', 'windows', 'macos', 'linux', 'other'] as const;

/** Business time runs `timeScale` times as fast as real time; `now` is the server's reading of it. */
export const serverTimeSchema = z.object({ now: z.iso.datetime(), timeScale: z.number().positive() });
export type ServerTime = z.infer<typeof serverTimeSchema>;

export const meSchema = serverTimeSchema.extend({
  operator: z.object({ operatorId: z.uuid(), firstName: z.string(), language: z.enum(LANGUAGES) }),
  workspace: z.object({ workspaceId: z.uuid(), name: z.string() }),
  role: z.enum(ROLES),
  /** Every workspace the operator belongs to, the one they work in first. */
  workspaces: z.array(z.object({ workspaceId: z.uuid(), name: z.string(), role: z.enum(ROLES) })),
  /** Whether this role may pause and resume campaigns. */
  maySteer: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

/** The token goes into `Authorization: Bearer …`; it ends 15 minutes after its last use, or after 12 hours. */
export const signedInSchema = z.object({ token: z.string(), me: meSchema });
export type SignedIn = z.infer<typeof signedInSchema>;

/** The session goes on in another workspace of its operator, with the same token. */
export const switchBody = z.strictObject({ workspaceId: z.uuid() });

/** The language holds in all workspaces of the operator. */
export const languageBody = z.strictObject({ language: z.enum(LANGUAGES) });

export const sessionParams = z.object({ sessionId: z.uuid() });

/** One's own open sessions in all workspaces, the one used last first. Their moments are real time, as is `realNow`. */
export const sessionsAnswerSchema = z.object({
  realNow: z.iso.datetime(),
  items: z.array(
    z.object({
      sessionId: z.uuid(),
      workspace: z.string(),
      device: z.enum(DEVICES),
      isThisOne: z.boolean(),
      createdAt: z.iso.datetime(),
      /** Written down at most every half minute. */
      usedAt: z.iso.datetime(),
    }),
  ),
});
export type SessionsAnswer = z.infer<typeof sessionsAnswerSchema>;
