import { z } from 'zod';
import { ROLES } from '#core/roles.ts';
import { LANGUAGES } from '#core/statuses.ts';

/** Without a workspace: the one the operator chose last, else the one they have belonged to for longest. */
export const signInBody = z.strictObject({ workspaceId: z.uuid().optional() });

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
