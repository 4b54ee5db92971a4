import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { listsOf } from '#sandbox/world/messages.ts';
import type { Message, UserId, WorldEvent } from '#sandbox/world/types.ts';
import type { RpcDeps } from './deps.ts';
import { listMessages } from './objects/entities.ts';
import { chatChanged, updatesObject } from './objects/updates-object.ts';

/** Turns what happens in the world into updates for the signed-in accounts it concerns. Returns how to stop. */
export function pushUpdates({ world, server }: RpcDeps): () => void {
  // Keys by themselves would have to be searched at every event.
  const signedIn = new Set<UserId>();
  const push = (viewer: UserId, updates: TlObject) => server.push((auth) => auth.userId === viewer, updates);

  return world.on((event) => {
    switch (event.kind) {
      case 'message_sent':
      case 'message_edited':
        for (const viewer of readersOf(event.message, signedIn))
          if (concerns(world, event.message, viewer)) push(viewer, messageUpdates(world, event, viewer));
        return;
      case 'member_joined':
      case 'member_left':
      case 'member_kicked':
        // Only the person concerned: Telegram spares a group's other members news of every join, too.
        if (signedIn.has(event.user))
          push(event.user, chatChanged(world, event.user, world.getChat(event.chat)));
        return;
      case 'signed_in':
        signedIn.add(event.user);
        return;
      default:
        return;
    }
  });
}

/** Of the signed-in users those worth asking: a private message has two sides and no more. */
function readersOf({ chat, from, peer }: Message, signedIn: ReadonlySet<UserId>): Iterable<UserId> {
  if (chat !== undefined) return signedIn;
  const sides = new Set<UserId>();
  if ('user' in from) sides.add(from.user);
  if (peer !== undefined) sides.add(peer);
  return [...sides].filter((side) => signedIn.has(side));
}

/** Everybody who reads the conversation hears of a message, but not the sender of a new one. */
function concerns(world: World, message: Message, viewer: UserId): boolean {
  const isSender = 'user' in message.from && message.from.user === viewer;
  if (isSender && !message.editedAt) return false;
  if (message.chat !== undefined) return world.getChat(message.chat).members.has(viewer);
  return isSender || message.peer === viewer;
}

function messageUpdates(
  world: World,
  event: Extract<WorldEvent, { message: Message }>,
  viewer: UserId,
): TlObject {
  const { message } = event;
  const isChannel = message.chat !== undefined && world.getChat(message.chat).kind !== 'group';
  const name = `update${event.kind === 'message_sent' ? 'New' : 'Edit'}${isChannel ? 'Channel' : ''}Message`;
  const { messages, users, chats } = listMessages(world, viewer, [message]);
  const pts = (listsOf(world, message)[0]?.at(-1)?.id ?? message.id) + 1;
  return updatesObject(world, {
    updates: messages.map((object) => ({ _: name, message: object, pts, ptsCount: 1 })),
    users,
    chats,
  });
}
