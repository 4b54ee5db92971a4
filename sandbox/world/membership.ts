import type { AdminRights, Chat, UserId } from './types.ts';

/** Where a user stands towards a chat; `stranger` has never been in it. */
export type Standing = 'creator' | 'admin' | 'member' | 'left' | 'kicked' | 'stranger';

export function standingOf(chat: Chat, user: UserId): Standing {
  if (chat.members.has(user)) {
    if (chat.creator === user) return 'creator';
    return chat.admins.has(user) ? 'admin' : 'member';
  }
  if (chat.kicked.has(user)) return 'kicked';
  return chat.left.has(user) ? 'left' : 'stranger';
}

/** Whether the user is a present admin with this right; the creator has every right. */
export function hasRight(chat: Chat, user: UserId, right: keyof AdminRights): boolean {
  if (!chat.members.has(user)) return false;
  return chat.creator === user || chat.admins.get(user)?.[right] === true;
}

export function isAdmin(chat: Chat, user: UserId): boolean {
  const standing = standingOf(chat, user);
  return standing === 'creator' || standing === 'admin';
}

/** Adds somebody and forgets that they left, were kicked or asked to join. False when already a member. */
export function addMember(chat: Chat, user: UserId, joined: { joinedAt: Date; invitedBy?: UserId }): boolean {
  if (chat.members.has(user)) return false;
  chat.members.set(user, joined);
  chat.memberIds.push(user);
  chat.left.delete(user);
  chat.kicked.delete(user);
  chat.joinRequests.delete(user);
  return true;
}

/** Removes a member with any admin rights. False when not a member. */
export function removeMember(chat: Chat, user: UserId): boolean {
  if (!chat.members.delete(user)) return false;
  chat.memberIds.splice(chat.memberIds.indexOf(user), 1);
  chat.admins.delete(user);
  return true;
}
