import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Chat, User } from '#sandbox/world/types.ts';
import { canSeeChat } from '#sandbox/world/visibility.ts';
import { getObject, int, long } from './fields.ts';

export type Peer = { user: User } | { chat: Chat };

/**
 * The user an InputUser or InputPeer names: itself, by the access hash this viewer was given, or from a message
 * the viewer can see. Throws RpcError USER_ID_INVALID, PEER_ID_INVALID, MSG_ID_INVALID.
 */
export function getUserOf(world: World, viewer: User, input: TlObject): User {
  switch (input._) {
    case 'inputUserSelf':
    case 'inputPeerSelf':
      return viewer;
    case 'inputUser':
    case 'inputPeerUser': {
      const user = world.findUser(String(long(input, 'userId')));
      if (!user || long(input, 'accessHash') !== world.accessHash(viewer.id, `user:${user.id}`))
        throw new RpcError(400, input._ === 'inputUser' ? 'USER_ID_INVALID' : 'PEER_ID_INVALID');
      return user;
    }
    case 'inputUserFromMessage':
    case 'inputPeerUserFromMessage':
      return getUserFromMessage(world, viewer, input);
    default:
      throw new RpcError(400, 'USER_ID_INVALID');
  }
}

/** core.telegram.org/api/min: valid while the viewer sees the chat and the message names the user. */
function getUserFromMessage(world: World, viewer: User, input: TlObject): User {
  const { chat } = getChatPeer(world, viewer, getObject(input, 'peer'));
  const message = findMessage(chat.messages, int(input, 'msgId'));
  if (!message) throw new RpcError(400, 'MSG_ID_INVALID');
  const userId = String(long(input, 'userId'));
  const isNamed = 'user' in message.from && message.from.user === userId;
  if (!isNamed) throw new RpcError(400, 'USER_ID_INVALID');
  return world.getUser(userId);
}

/** The supergroup or channel an InputChannel or InputPeer names. Throws RpcError CHANNEL_INVALID, CHANNEL_PRIVATE. */
export function getChannelOf(world: World, viewer: User, input: TlObject): Chat {
  if (input._ === 'inputChannelFromMessage' || input._ === 'inputPeerChannelFromMessage')
    return getChannelFromMessage(world, viewer, input);
  const chat = world.findChat(String(long(input, 'channelId')));
  const isKnown = chat && chat.kind !== 'group';
  if (!isKnown || long(input, 'accessHash') !== world.accessHash(viewer.id, `chat:${chat.id}`))
    throw new RpcError(400, 'CHANNEL_INVALID');
  return assertVisible(world, chat, viewer);
}

function getChannelFromMessage(world: World, viewer: User, input: TlObject): Chat {
  const { chat } = getChatPeer(world, viewer, getObject(input, 'peer'));
  const message = findMessage(chat.messages, int(input, 'msgId'));
  const channelId = String(long(input, 'channelId'));
  const named = message && 'chat' in message.from ? message.from.chat : message?.forwardOf?.chat;
  if (named !== channelId) throw new RpcError(400, 'MSG_ID_INVALID');
  return assertVisible(world, world.getChat(channelId), viewer);
}

/** The basic group of an id; its members only. Throws RpcError CHAT_ID_INVALID. */
export function getGroupOf(world: World, viewer: User, chatId: bigint): Chat {
  const chat = world.findChat(String(chatId));
  if (chat?.kind !== 'group' || !chat.members.has(viewer.id)) throw new RpcError(400, 'CHAT_ID_INVALID');
  return chat;
}

export function getPeerOf(world: World, viewer: User, input: TlObject): Peer {
  switch (input._) {
    case 'inputPeerChat':
      return { chat: getGroupOf(world, viewer, long(input, 'chatId')) };
    case 'inputPeerChannel':
    case 'inputPeerChannelFromMessage':
      return { chat: getChannelOf(world, viewer, input) };
    case 'inputPeerSelf':
    case 'inputPeerUser':
    case 'inputPeerUserFromMessage':
      return { user: getUserOf(world, viewer, input) };
    default:
      throw new RpcError(400, 'PEER_ID_INVALID');
  }
}

/** Throws RpcError PEER_ID_INVALID for a user. */
export function getChatPeer(world: World, viewer: User, input: TlObject): { chat: Chat } {
  const peer = getPeerOf(world, viewer, input);
  if ('user' in peer) throw new RpcError(400, 'PEER_ID_INVALID');
  return peer;
}

function assertVisible(world: World, chat: Chat, viewer: User): Chat {
  if (!canSeeChat(world, chat, viewer.id)) throw new RpcError(406, 'CHANNEL_PRIVATE');
  return chat;
}
