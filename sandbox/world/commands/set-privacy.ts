import type { World } from '../create-world.ts';
import type { InvitePrivacy, UserId } from '../types.ts';

/** Sets what happens when somebody adds this user to a chat. */
export function setPrivacy(world: World, { user, privacy }: { user: UserId; privacy: InvitePrivacy }): void {
  world.getUser(user).invitePrivacy = privacy;
}
