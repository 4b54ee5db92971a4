import type { World } from './create-world.ts';
import { isAdmin } from './membership.ts';
import type { Chat, UserId } from './types.ts';

/**
 * Whether the viewer may open the chat: members, anybody for a public one, and whoever sees a channel for its
 * discussion group (core.telegram.org/api/discussion). Kicked people may not.
 */
export function canSeeChat(world: World, chat: Chat, viewer: UserId): boolean {
  if (chat.members.has(viewer)) return true;
  if (chat.kicked.has(viewer)) return false;
  if (chat.username !== undefined) return true;
  const channel = chat.kind === 'supergroup' ? world.findChat(chat.linkedChat ?? '') : undefined;
  return channel !== undefined && (channel.members.has(viewer) || channel.username !== undefined);
}

/** Whether the viewer may list the members: hidden ones and those of broadcast channels are for admins alone. */
export function canListMembers(world: World, chat: Chat, viewer: UserId): boolean {
  if (isAdmin(chat, viewer)) return true;
  return chat.kind !== 'channel' && !chat.membersHidden && canSeeChat(world, chat, viewer);
}
