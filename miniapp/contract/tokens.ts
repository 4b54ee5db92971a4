import { z } from 'zod';
import { API_TOKEN_LONGEST_DAYS } from '#core/api-token.ts';
import { ROLES } from '#core/roles.ts';
import { pageOf } from './page.ts';

const moment = z.iso.datetime();
const role = z.enum(ROLES);

export const tokenParams = z.object({ tokenId: z.uuid() });

/** `days` of real time. */
export const tokenBody = z.strictObject({
  name: z.string().trim().min(1).max(64),
  role: role.default('viewer'),
  days: z.int().min(1).max(API_TOKEN_LONGEST_DAYS),
});

/** Shown once: the token is stored nowhere. */
export const createdTokenSchema = z.object({ tokenId: z.uuid(), token: z.string(), expiresAt: moment });
export type CreatedToken = z.infer<typeof createdTokenSchema>;

/** Those that still work, newest first, with the role they have at this moment. Their moments are real time. */
export const tokenPageSchema = pageOf(
  z.object({
    tokenId: z.uuid(),
    name: z.string(),
    role,
    createdBy: z.string(),
    createdAt: moment,
    expiresAt: moment,
    /** Written down at most every half minute. */
    usedAt: moment.nullable(),
  }),
).extend({ realNow: moment });
export type TokenPage = z.infer<typeof tokenPageSchema>;
