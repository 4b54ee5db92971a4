import type { World } from '../create-world.ts';
import { findMessage } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { ChatId, UserId } from '../types.ts';

/** A user reacts to a message of a chat; a second reaction replaces the first. Throws Refusal MESSAGE_ID_INVALID. */
export function react(
  world: World,
  { chat, messageId, user, emoji }: { chat: ChatId; messageId: number; user: UserId; emoji: string },
): void {
  const message = findMessage(world.getChat(chat).messages, messageId);
  if (!message) throw new Refusal(400, 'MESSAGE_ID_INVALID');
  message.reactions ??= new Map();
  message.reactions.delete(user);
  message.reactions.set(user, { emoji, at: world.clock.now() });
}
