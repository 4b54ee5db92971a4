import type { Answer, Membership, UserSession } from '#core/telegram/user-session.ts';
import type { AddressedAttempt } from '#db/attempt-addresses.ts';

/** Where the person of an attempt stands now; `unreadable` when this account can never look again. */
export const lookAtMembership = async (
  session: UserSession,
  { chat, person }: AddressedAttempt,
): Promise<Answer<Membership | 'unreadable'>> =>
  chat && person ? session.readMembership(chat, person) : { ok: true, value: 'unreadable' };
