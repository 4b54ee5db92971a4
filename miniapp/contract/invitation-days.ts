/** How long an invitation may hold. */
export const INVITATION_DAYS = [1, 7, 30] as const;
export type InvitationDays = (typeof INVITATION_DAYS)[number];
