import type { World } from '../create-world.ts';
import { removeMember } from '../membership.ts';
import { Refusal } from '../refusal.ts';
import type { ChatId, UserId } from '../types.ts';

/** A member leaves; only a mutual contact could add them back. Throws Refusal USER_NOT_PARTICIPANT. */
export function leaveChat(world: World, { chat: id, user }: { chat: ChatId; user: UserId }): void {
  const chat = world.getChat(id);
  if (!removeMember(chat, user)) throw new Refusal(400, 'USER_NOT_PARTICIPANT');
  chat.left.add(user);
  world.emit({ kind: 'member_left', chat: id, user });
}
