import type { World } from '#sandbox/world/create-world.ts';
import { hasRight, standingOf } from '#sandbox/world/membership.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Chat, InviteLink, Message, User, UserId } from '#sandbox/world/types.ts';
import type { FileStore } from './file-store.ts';
import { readImageSize } from './image-size.ts';
import { botApiChatId, type Place } from './places.ts';
import { entitiesOf } from './text/entities.ts';

/** Business time in the Bot API's whole seconds. */
export const unixSeconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** A User object; undefined fields are left out of the JSON. */
export function userView(user: User) {
  return {
    id: Number(user.id),
    is_bot: user.bot !== undefined,
    first_name: user.deleted ? '' : user.firstName,
    last_name: user.lastName,
    username: user.username,
    language_code: user.bot ? undefined : user.languageCode,
    is_premium: user.premium || undefined,
  };
}

export function chatView(chat: Chat) {
  return { id: botApiChatId(chat), type: chat.kind, title: chat.title, username: chat.username };
}

export function privateChatView(user: User) {
  return {
    id: Number(user.id),
    type: 'private',
    first_name: user.deleted ? '' : user.firstName,
    last_name: user.lastName,
    username: user.username,
  };
}

export function placeView(place: Place) {
  return 'user' in place ? privateChatView(place.user) : chatView(place.chat);
}

type Viewer = { world: World; files: FileStore; botId: UserId };

/** The place a message is in, as this bot sees it. */
export function placeOf({ world, botId }: Viewer, message: Message): Place {
  if (message.chat !== undefined) return { chat: world.getChat(message.chat) };
  const sender = 'user' in message.from ? message.from.user : undefined;
  return { user: world.getUser(sender === botId ? (message.peer ?? botId) : (sender ?? botId)) };
}

/** A Message object as this bot sees it; the message answered is shown without its own reply. */
export function messageView(viewer: Viewer, message: Message, withReply = true): object {
  const { world } = viewer;
  const place = placeOf(viewer, message);
  const replied = withReply ? findReplied(viewer, message) : undefined;
  const media = mediaView(viewer.files, message);
  return {
    message_id: message.id,
    ...('user' in message.from
      ? { from: userView(world.getUser(message.from.user)) }
      : { sender_chat: chatView(world.getChat(message.from.chat)) }),
    chat: placeView(place),
    date: unixSeconds(message.at),
    edit_date: message.editedAt && unixSeconds(message.editedAt),
    message_thread_id: message.thread,
    is_automatic_forward: message.forwardOf ? true : undefined,
    reply_to_message: replied && messageView(viewer, replied, false),
    ...media,
    ...(message.service ? { write_access_allowed: { from_request: true } } : textView(message)),
    reply_markup: message.keyboard,
  };
}

function textView(message: Message) {
  const found = entitiesOf(message);
  const entities = found.length > 0 ? found : undefined;
  if (!message.media) return { text: message.text, entities };
  return message.text === '' ? {} : { caption: message.text, caption_entities: entities };
}

function mediaView(files: FileStore, { media }: Message) {
  const file = media && files.find(media.fileId);
  if (!media || !file) return {};
  const facts = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.bytes.length };
  if (media.kind === 'photo') return { photo: [{ ...facts, ...readImageSize(file.bytes) }] };
  return { document: { ...facts, file_name: file.name, mime_type: file.mimeType } };
}

function findReplied({ world }: Viewer, message: Message): Message | undefined {
  if (message.replyTo === undefined) return undefined;
  if (message.chat !== undefined) return findMessage(world.getChat(message.chat).messages, message.replyTo);
  if (!('user' in message.from) || message.peer === undefined) return undefined;
  return findMessage(world.privateMessages(message.from.user, message.peer), message.replyTo);
}

/** A ChatMember object for anybody, also those who left or never came. */
export function chatMemberView(world: World, chat: Chat, userId: UserId) {
  const user = userView(world.getUser(userId));
  const standing = standingOf(chat, userId);
  switch (standing) {
    case 'creator':
      return { user, status: 'creator', is_anonymous: false };
    case 'admin':
      return { user, status: 'administrator', can_be_edited: false, ...adminRightsView(chat, userId) };
    case 'member':
      return { user, status: 'member' };
    case 'kicked':
      return { user, status: 'kicked', until_date: 0 };
    default:
      return { user, status: 'left' };
  }
}

/** The world knows three rights; what it does not model follows from being an administrator at all. */
export function adminRightsView(chat: Chat, userId: UserId) {
  const isChannel = chat.kind === 'channel';
  return {
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: hasRight(chat, userId, 'banUsers'),
    can_manage_video_chats: false,
    can_restrict_members: hasRight(chat, userId, 'banUsers'),
    can_promote_members: false,
    can_change_info: false,
    can_invite_users: hasRight(chat, userId, 'inviteUsers'),
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    ...(isChannel
      ? {
          can_post_messages: hasRight(chat, userId, 'postMessages'),
          can_edit_messages: hasRight(chat, userId, 'postMessages'),
        }
      : { can_pin_messages: hasRight(chat, userId, 'banUsers'), can_manage_topics: false }),
  };
}

/** A ChatInviteLink object. */
export function inviteLinkView(world: World, chat: Chat, link: InviteLink) {
  const pending = [...chat.joinRequests.values()].filter((request) => request.link === link.hash).length;
  return {
    invite_link: `https://t.me/+${link.hash}`,
    creator: userView(world.getUser(link.createdBy)),
    creates_join_request: link.needsApproval,
    is_primary: link.primary === true,
    is_revoked: link.revoked === true,
    name: link.name,
    expire_date: link.expiresAt && unixSeconds(link.expiresAt),
    member_limit: link.memberLimit,
    pending_join_request_count: link.needsApproval ? pending : undefined,
  };
}
