import type { World } from '../create-world.ts';
import { addMember } from '../membership.ts';
import { Refusal } from '../refusal.ts';
import type { ChatId, UserId } from '../types.ts';
import { canSeeChat } from '../visibility.ts';

/** A user joins a chat they can see. Throws Refusal: CHANNEL_PRIVATE, USER_ALREADY_PARTICIPANT. */
export function joinChat(world: World, { chat: id, user }: { chat: ChatId; user: UserId }): void {
  const chat = world.getChat(id);
  if (!canSeeChat(world, chat, user)) throw new Refusal(406, 'CHANNEL_PRIVATE');
  if (!addMember(chat, user, { joinedAt: world.clock.now() }))
    throw new Refusal(400, 'USER_ALREADY_PARTICIPANT');
  world.emit({ kind: 'member_joined', chat: id, user, by: undefined });
}
