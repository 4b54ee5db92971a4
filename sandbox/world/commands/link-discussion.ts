import type { World } from '../create-world.ts';
import type { ChatId } from '../types.ts';

/** Gives a channel its discussion group: every later post is copied there and can be commented. */
export function linkDiscussion(world: World, { channel, group }: { channel: ChatId; group: ChatId }): void {
  world.getChat(channel).linkedChat = group;
  world.getChat(group).linkedChat = channel;
}
