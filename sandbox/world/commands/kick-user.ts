import type { World } from '../create-world.ts';
import { hasRight, removeMember } from '../membership.ts';
import { Refusal } from '../refusal.ts';
import type { ChatId, UserId } from '../types.ts';

type Kick = { chat: ChatId; user: UserId; by: UserId };

/** An admin bans a user, member or not. Throws Refusal: CHAT_ADMIN_REQUIRED, USER_ADMIN_INVALID. */
export function kickUser(world: World, { chat: id, user, by }: Kick): void {
  const chat = world.getChat(id);
  if (!hasRight(chat, by, 'banUsers')) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
  if (chat.admins.has(user)) throw new Refusal(400, 'USER_ADMIN_INVALID');
  removeMember(chat, user);
  chat.left.delete(user);
  chat.joinRequests.delete(user);
  chat.kicked.add(user);
  world.emit({ kind: 'member_kicked', chat: id, user, by });
}

/** An admin lifts a ban; the user stays outside. Throws Refusal CHAT_ADMIN_REQUIRED. */
export function unbanUser(world: World, { chat: id, user, by }: Kick): void {
  const chat = world.getChat(id);
  if (!hasRight(chat, by, 'banUsers')) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
  if (chat.kicked.delete(user)) chat.left.add(user);
}
