import { z } from 'zod';
import { SIGN_IN_METHODS, SIGN_IN_QUESTIONS, SIGN_IN_STATUSES } from '#core/account/sign-in.ts';
import { LANGUAGES } from '#core/statuses.ts';

/** `path` stands behind the server's address; what follows `#` never reaches a server or its logs. */
export const connectLinkSchema = z.object({ path: z.string(), goodForMs: z.number() });
export type ConnectLink = z.infer<typeof connectLinkSchema>;

/** A link that was cut on its way is as good as an old one, and answered alike. */
export const openLinkBody = z.strictObject({ token: z.string().max(200) });
export const startSignInBody = z.strictObject({ method: z.enum(SIGN_IN_METHODS) });
export const cancelSignInBody = z.strictObject({ signInId: z.uuid() });

export const LONGEST_ANSWER = 256;
/** `sequence` is the one under which the question was told. */
export const answerBody = z.strictObject({
  signInId: z.uuid(),
  sequence: z.int().min(0),
  question: z.enum(SIGN_IN_QUESTIONS),
  answer: z.string().min(1).max(LONGEST_ANSWER),
});

/** Durations, because the clock of the person's device may be anything. */
const signInSchema = z.object({
  signInId: z.uuid(),
  method: z.enum(SIGN_IN_METHODS),
  status: z.enum(SIGN_IN_STATUSES),
  sequence: z.int(),
  hint: z.string().nullable(),
  /** A refusal code. */
  problem: z.string().nullable(),
  waitSeconds: z.number().nullable(),
  /** What the QR code holds, and how long it is shown. */
  link: z.string().nullable(),
  linkLeftMs: z.number().nullable(),
  leftMs: z.number(),
  account: z
    .object({ firstName: z.string(), username: z.string().nullable(), isNew: z.boolean() })
    .nullable(),
});
export type SignInView = z.infer<typeof signInSchema>;

/** One server-sent event of the page, each time something has changed. */
export const connectStateSchema = z.object({
  workspace: z.string(),
  language: z.enum(LANGUAGES),
  signIn: signInSchema.nullable(),
});
export type ConnectState = z.infer<typeof connectStateSchema>;
