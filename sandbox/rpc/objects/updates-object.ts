import type { CallContext } from '#sandbox/mtproto/server.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Chat, UserId } from '#sandbox/world/types.ts';
import { chatObject } from './chat-object.ts';
import { seconds } from './time.ts';

/** A bundle of updates with the users and chats they name. */
export function updatesObject(
  world: World,
  { updates, users = [], chats = [] }: { updates: TlObject[]; users?: TlObject[]; chats?: TlObject[] },
): TlObject {
  return { _: 'updates', updates, users, chats, date: seconds(world.clock.now()), seq: 0 };
}

/** Tells `viewer` that a chat is no longer what it was, with its present state. */
export function chatChanged(world: World, viewer: UserId, chat: Chat, users: TlObject[] = []): TlObject {
  const update =
    chat.kind === 'group'
      ? { _: 'updateChat', chatId: BigInt(chat.id) }
      : { _: 'updateChannel', channelId: BigInt(chat.id) };
  return updatesObject(world, { updates: [update], users, chats: [chatObject(world, viewer, chat)] });
}

/** The last layer in which joining answers bare updates. */
const lastBareJoinLayer = 198;

/** What joining a chat answers: later layers wrap the updates in messages.ChatInviteJoinResult. */
export function joinResult({ auth }: CallContext, updates: TlObject): TlObject {
  return auth.layer > lastBareJoinLayer ? { _: 'messages.chatInviteJoinResultOk', updates } : updates;
}
