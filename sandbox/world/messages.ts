import { pairKey, type World } from './create-world.ts';
import type { Chat, Message, UserId } from './types.ts';

/** Where the message stands in an ascending list, or where it would go. */
export function indexOfMessage(messages: readonly Message[], id: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function findMessage(messages: readonly Message[], id: number): Message | undefined {
  const message = messages[indexOfMessage(messages, id)];
  return message?.id === id ? message : undefined;
}

/** The list a message of this conversation is kept in, made when it is the first. */
export function conversationOf(world: World, a: UserId, b: UserId): Message[] {
  const key = pairKey(a, b);
  const messages = world.state.privateMessages.get(key) ?? [];
  world.state.privateMessages.set(key, messages);
  return messages;
}

/** Every list the message is in. */
export function listsOf(world: World, message: Message): Message[][] {
  if (message.chat !== undefined) {
    const chat = world.getChat(message.chat);
    const thread = message.thread === undefined ? undefined : chat.threads.get(message.thread);
    return thread ? [chat.messages, thread] : [chat.messages];
  }
  if (message.peer === undefined || !('user' in message.from)) return [];
  return [conversationOf(world, message.from.user, message.peer)];
}

/** Where a reply belongs: the thread of what it answers, or the thread that one begins. */
export function threadOfReply(chat: Chat, replyTo: number | undefined): number | undefined {
  const answered = replyTo === undefined ? undefined : findMessage(chat.messages, replyTo);
  return answered?.thread ?? answered?.id;
}
