import { z } from 'zod';
import { ROLES } from '#core/roles.ts';
import { INVITATION_DAYS } from './invitation-days.ts';
import { pageOf } from './page.ts';

const moment = z.iso.datetime();
const role = z.enum(ROLES);

export const memberParams = z.object({ operatorId: z.uuid() });
export const roleBody = z.strictObject({ role });

/** Who came first stands first. What the reader may do stands with each, and is judged again when done. */
export const memberPageSchema = pageOf(
  z.object({
    operatorId: z.uuid(),
    name: z.string(),
    username: z.string().nullable(),
    role,
    isSelf: z.boolean(),
    joinedAt: moment,
    /** The roles the reader may give them instead. */
    mayBecome: z.array(role),
    mayRemove: z.boolean(),
  }),
).extend({
  /** The roles the reader may invite people with. */
  mayInvite: z.array(role),
});
export type MemberPage = z.infer<typeof memberPageSchema>;
export type Member = MemberPage['items'][number];

export const invitationParams = z.object({ invitationId: z.uuid() });

/** `days` of business time, of those on offer. */
export const invitationBody = z.strictObject({
  role,
  days: z.literal(INVITATION_DAYS),
});

/** Shown once: the link is stored nowhere. */
export const createdInvitationSchema = z.object({
  invitationId: z.uuid(),
  link: z.url(),
  expiresAt: moment,
});
export type CreatedInvitation = z.infer<typeof createdInvitationSchema>;

/** Those that still hold, the next to expire first. */
export const invitationPageSchema = pageOf(
  z.object({ invitationId: z.uuid(), role, invitedBy: z.string(), expiresAt: moment }),
);
export type InvitationPage = z.infer<typeof invitationPageSchema>;
