import type { TlObject } from '#sandbox/tl/object.ts';
import { dropSeenUsernames } from '#sandbox/world/commands/meet-users.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { ChatId, Message, UserId } from '#sandbox/world/types.ts';
import { chatObject } from './chat-object.ts';
import { messageObject } from './message-object.ts';
import { userObject } from './user-object.ts';

export type Listed = { messages: TlObject[]; chats: TlObject[]; users: TlObject[] };

/**
 * Messages with everybody they name, as every list of messages comes. Users the viewer was never given a full
 * reference of come as `min`.
 */
export function listMessages(
  world: World,
  viewer: UserId,
  messages: readonly Message[],
  alsoChats: readonly ChatId[] = [],
): Listed {
  const users = new Set<UserId>();
  const chats = new Set<ChatId>(alsoChats);
  for (const { from, chat, peer, forwardOf, forwardFrom } of messages) {
    if ('user' in from) users.add(from.user);
    else chats.add(from.chat);
    if (peer !== undefined) users.add(peer);
    if (chat !== undefined) chats.add(chat);
    if (forwardOf) chats.add(forwardOf.chat);
    if (forwardFrom !== undefined) users.add(forwardFrom);
  }
  const listed = {
    messages: messages.map((message) => messageObject(world, viewer, message)),
    chats: [...chats].map((id) => chatObject(world, viewer, world.getChat(id))),
    users: [...users].map((id) =>
      userObject(world, viewer, world.getUser(id), { isMin: !world.hasMet(viewer, id) }),
    ),
  };
  dropSeenUsernames(world, users);
  return listed;
}
