import type { World } from '../create-world.ts';
import { addMember, hasRight } from '../membership.ts';
import { Refusal } from '../refusal.ts';
import type { Chat, ChatId, InviteLink, UserId } from '../types.ts';

export type NewInviteLink = {
  chat: ChatId;
  by: UserId;
  name?: string;
  needsApproval?: boolean;
  expiresAt?: Date;
  memberLimit?: number;
  primary?: boolean;
};

/** An admin makes an invite link. Throws Refusal: CHAT_ADMIN_REQUIRED, USAGE_LIMIT_INVALID, EXPIRE_DATE_INVALID. */
export function createInviteLink(world: World, { chat: id, by, ...wanted }: NewInviteLink): InviteLink {
  const chat = world.getChat(id);
  const { needsApproval = false, expiresAt, memberLimit } = wanted;
  if (!hasRight(chat, by, 'inviteUsers')) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
  if (memberLimit !== undefined && (memberLimit < 1 || memberLimit > 99_999 || needsApproval))
    throw new Refusal(400, 'USAGE_LIMIT_INVALID');
  if (expiresAt && expiresAt <= world.clock.now()) throw new Refusal(400, 'EXPIRE_DATE_INVALID');
  const link: InviteLink = {
    ...wanted,
    hash: world.random.hex(16),
    createdBy: by,
    createdAt: world.clock.now(),
    needsApproval,
    joined: new Map(),
  };
  chat.inviteLinks.set(link.hash, link);
  world.state.inviteLinks.set(link.hash, id);
  return link;
}

/** Ends a link. Throws Refusal: CHAT_ADMIN_REQUIRED, INVITE_HASH_EXPIRED. */
export function revokeInviteLink(
  world: World,
  { chat: id, hash, by }: { chat: ChatId; hash: string; by: UserId },
): InviteLink {
  const chat = world.getChat(id);
  if (!hasRight(chat, by, 'inviteUsers')) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
  const link = chat.inviteLinks.get(hash);
  if (!link) throw new Refusal(400, 'INVITE_HASH_EXPIRED');
  link.revoked = true;
  return link;
}

/** The chat and link behind a hash while it can be used. Throws Refusal INVITE_HASH_EXPIRED. */
export function openInviteLink(world: World, hash: string): { chat: Chat; link: InviteLink } {
  const chat = world.findChatByInviteHash(hash);
  const link = chat?.inviteLinks.get(hash);
  const isOver = (link: InviteLink) =>
    link.revoked === true || (link.expiresAt !== undefined && link.expiresAt <= world.clock.now());
  if (!chat || !link || isOver(link)) throw new Refusal(400, 'INVITE_HASH_EXPIRED');
  return { chat, link };
}

/**
 * A user follows a link: joins, or asks to when the link wants approval.
 * Throws Refusal: INVITE_HASH_EXPIRED, USER_ALREADY_PARTICIPANT, USERS_TOO_MUCH, CHANNEL_PRIVATE (kicked).
 */
export function joinByLink(
  world: World,
  { hash, user }: { hash: string; user: UserId },
): 'joined' | 'requested' {
  const { chat, link } = openInviteLink(world, hash);
  if (chat.members.has(user)) throw new Refusal(400, 'USER_ALREADY_PARTICIPANT');
  if (chat.kicked.has(user)) throw new Refusal(406, 'CHANNEL_PRIVATE');
  const now = world.clock.now();
  if (link.needsApproval) {
    chat.joinRequests.set(user, { at: now, link: hash });
    world.emit({ kind: 'join_requested', chat: chat.id, user, link: hash });
    return 'requested';
  }
  if (link.memberLimit !== undefined && link.joined.size >= link.memberLimit)
    throw new Refusal(400, 'USERS_TOO_MUCH');
  admit(world, chat, user, link);
  return 'joined';
}

/**
 * An admin lets an applicant in or turns them away.
 * Throws Refusal: CHAT_ADMIN_REQUIRED, HIDE_REQUESTER_MISSING when nobody of that id asked.
 */
export function answerJoinRequest(
  world: World,
  { chat: id, user, approved, by }: { chat: ChatId; user: UserId; approved: boolean; by: UserId },
): void {
  const chat = world.getChat(id);
  if (!hasRight(chat, by, 'inviteUsers')) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
  const request = chat.joinRequests.get(user);
  if (!request) throw new Refusal(400, 'HIDE_REQUESTER_MISSING');
  chat.joinRequests.delete(user);
  if (approved) admit(world, chat, user, chat.inviteLinks.get(request.link ?? ''));
}

function admit(world: World, chat: Chat, user: UserId, link: InviteLink | undefined): void {
  const joinedAt = world.clock.now();
  addMember(chat, user, { joinedAt });
  link?.joined.set(user, joinedAt);
  world.emit({
    kind: 'member_joined',
    chat: chat.id,
    user,
    by: undefined,
    ...(link ? { link: link.hash } : {}),
  });
}
