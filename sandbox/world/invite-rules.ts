import { hasRight } from './membership.ts';
import { Refusal } from './refusal.ts';
import type { Chat, User } from './types.ts';

/** A broadcast channel takes direct adds only up to this many members (core.telegram.org/api/channel). */
export const channelDirectAddCeiling = 200;

export type InviteOutcome =
  | { kind: 'added' }
  | { kind: 'already_member' }
  /** Refused by the person's privacy: comes back in missing_invitees. */
  | { kind: 'missing'; premiumWouldAllowInvite: boolean };

/** Whether `inviter` may add people to the chat at all. Throws Refusal. */
export function assertMayInvite(chat: Chat, inviter: User): void {
  if (hasRight(chat, inviter.id, 'inviteUsers')) return;
  if (chat.kind === 'group' && chat.members.has(inviter.id)) return;
  if (chat.kind === 'channel' || chat.admins.has(inviter.id)) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
  throw new Refusal(403, 'CHAT_WRITE_FORBIDDEN');
}

/**
 * What adding `target` would do, without doing it. Throws Refusal for everything Telegram answers as an error.
 * The order is ours where Telegram's is unpublished; assumed meanings stand in rpc/assumptions.md.
 */
export function decideInvite(chat: Chat, inviter: User, target: User): InviteOutcome {
  assertMayInvite(chat, inviter);
  if (chat.members.has(target.id)) {
    if (chat.kind === 'group') throw new Refusal(400, 'USER_ALREADY_PARTICIPANT');
    return { kind: 'already_member' };
  }
  if (target.bot) throw new Refusal(400, 'USER_BOT');
  if (target.deleted || target.restriction === 'deactivated' || target.restriction === 'banned')
    throw new Refusal(400, 'INPUT_USER_DEACTIVATED');
  if (chat.kicked.has(target.id)) throw new Refusal(400, 'USER_KICKED');
  if (chat.kind === 'channel' && chat.members.size >= channelDirectAddCeiling)
    throw new Refusal(400, 'USERS_TOO_MUCH');
  if (chat.left.has(target.id)) throw new Refusal(403, 'USER_NOT_MUTUAL_CONTACT');
  return decideByPrivacy(target, inviter);
}

function decideByPrivacy(target: User, inviter: User): InviteOutcome {
  switch (target.invitePrivacy) {
    case 'everybody':
      return { kind: 'added' };
    case 'nobody':
      return { kind: 'missing', premiumWouldAllowInvite: false };
    case 'premium_only':
      return inviter.premium ? { kind: 'added' } : { kind: 'missing', premiumWouldAllowInvite: true };
    case 'not_mutual':
      throw new Refusal(403, 'USER_NOT_MUTUAL_CONTACT');
    case 'too_many_channels':
      throw new Refusal(403, 'USER_CHANNELS_TOO_MUCH');
    case 'blocked_inviter':
      throw new Refusal(400, 'USER_IS_BLOCKED');
  }
}
