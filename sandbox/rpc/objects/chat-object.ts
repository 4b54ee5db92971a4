import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { isAdmin } from '#sandbox/world/membership.ts';
import type { AdminRights, Chat, UserId } from '#sandbox/world/types.ts';
import { canListMembers, canSeeChat } from '#sandbox/world/visibility.ts';
import { seconds } from './time.ts';

export function chatPeer(chat: Chat): TlObject {
  return chat.kind === 'group'
    ? { _: 'peerChat', chatId: BigInt(chat.id) }
    : { _: 'peerChannel', channelId: BigInt(chat.id) };
}

/** A chat as `viewer` sees it; the forbidden form when they may not open it. */
export function chatObject(world: World, viewer: UserId, chat: Chat): TlObject {
  return chat.kind === 'group' ? groupObject(viewer, chat) : channelObject(world, viewer, chat);
}

function groupObject(viewer: UserId, chat: Chat): TlObject {
  if (!chat.members.has(viewer)) return { _: 'chatForbidden', id: BigInt(chat.id), title: chat.title };
  return {
    _: 'chat',
    id: BigInt(chat.id),
    title: chat.title,
    creator: chat.creator === viewer,
    photo: { _: 'chatPhotoEmpty' },
    participantsCount: chat.members.size,
    date: seconds(chat.createdAt),
    version: 1,
    adminRights: ownRights(chat, viewer),
  };
}

function channelObject(world: World, viewer: UserId, chat: Chat): TlObject {
  const head = {
    id: BigInt(chat.id),
    accessHash: world.accessHash(viewer, `chat:${chat.id}`),
    title: chat.title,
    broadcast: chat.kind === 'channel',
    megagroup: chat.kind === 'supergroup',
  };
  if (!canSeeChat(world, chat, viewer)) return { _: 'channelForbidden', ...head };
  return {
    _: 'channel',
    ...head,
    creator: chat.creator === viewer,
    left: !chat.members.has(viewer),
    hasLink: chat.linkedChat !== undefined,
    username: chat.username,
    photo: { _: 'chatPhotoEmpty' },
    date: seconds(chat.members.get(viewer)?.joinedAt ?? chat.createdAt),
    participantsCount: chat.members.size,
    adminRights: ownRights(chat, viewer),
    defaultBannedRights:
      chat.kind === 'supergroup'
        ? { _: 'chatBannedRights', inviteUsers: true, changeInfo: true, pinMessages: true, untilDate: 0 }
        : undefined,
  };
}

export function adminRightsObject(rights: AdminRights): TlObject {
  return { _: 'chatAdminRights', ...rights, other: true };
}

function ownRights(chat: Chat, viewer: UserId): TlObject | undefined {
  const rights = chat.admins.get(viewer);
  return rights && chat.members.has(viewer) ? adminRightsObject(rights) : undefined;
}

/** The details of a supergroup or channel. */
export function channelFullObject(world: World, viewer: UserId, chat: Chat): TlObject {
  const forAdmins = isAdmin(chat, viewer);
  return {
    _: 'channelFull',
    id: BigInt(chat.id),
    about: chat.about ?? '',
    canViewParticipants: canListMembers(world, chat, viewer),
    participantsHidden: chat.membersHidden === true,
    participantsCount: chat.members.size,
    adminsCount: forAdmins ? chat.admins.size : undefined,
    kickedCount: forAdmins ? chat.kicked.size : undefined,
    bannedCount: forAdmins ? 0 : undefined,
    linkedChatId: chat.linkedChat === undefined ? undefined : BigInt(chat.linkedChat),
    requestsPending: forAdmins && chat.joinRequests.size > 0 ? chat.joinRequests.size : undefined,
    recentRequesters:
      forAdmins && chat.joinRequests.size > 0
        ? [...chat.joinRequests.keys()].slice(0, 3).map(BigInt)
        : undefined,
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    chatPhoto: { _: 'photoEmpty', id: 0n },
    notifySettings: { _: 'peerNotifySettings' },
    botInfo: [],
    pts: chat.nextMessageId,
  };
}

/** The details of a basic group with all its members. */
export function chatFullObject(chat: Chat): TlObject {
  return {
    _: 'chatFull',
    id: BigInt(chat.id),
    about: chat.about ?? '',
    participants: {
      _: 'chatParticipants',
      chatId: BigInt(chat.id),
      participants: chat.memberIds.map((user) => groupParticipantObject(chat, user)),
      version: 1,
    },
    notifySettings: { _: 'peerNotifySettings' },
    botInfo: [],
  };
}

function groupParticipantObject(chat: Chat, user: UserId): TlObject {
  const userId = BigInt(user);
  if (chat.creator === user) return { _: 'chatParticipantCreator', userId };
  const member = chat.members.get(user);
  return {
    _: chat.admins.has(user) ? 'chatParticipantAdmin' : 'chatParticipant',
    userId,
    inviterId: BigInt(member?.invitedBy ?? user),
    date: seconds(member?.joinedAt ?? chat.createdAt),
  };
}
