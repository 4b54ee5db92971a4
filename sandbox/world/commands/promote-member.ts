import type { World } from '../create-world.ts';
import { addMember } from '../membership.ts';
import type { AdminRights, ChatId, UserId } from '../types.ts';

type Promotion = { chat: ChatId; user: UserId; rights: Partial<AdminRights>; by?: UserId };

/** Makes somebody an admin with exactly these rights, a member first if need be; no right at all demotes. */
export function promoteMember(world: World, { chat: id, user, rights, by }: Promotion): void {
  const chat = world.getChat(id);
  addMember(chat, user, { joinedAt: world.clock.now() });
  if (Object.values(rights).some(Boolean))
    chat.admins.set(user, { inviteUsers: false, banUsers: false, postMessages: false, ...rights });
  else chat.admins.delete(user);
  world.emit({ kind: 'member_promoted', chat: id, user, by });
}
