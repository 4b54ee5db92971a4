import type { World } from '../create-world.ts';
import { Refusal } from '../refusal.ts';
import type { UserId } from '../types.ts';

/** Changes or gives up a username; the old one stops existing at once. Throws Refusal USERNAME_OCCUPIED. */
export function renameUser(world: World, { user: id, username }: { user: UserId; username?: string }): void {
  const user = world.getUser(id);
  const { usernames } = world.state;
  const holder = username === undefined ? undefined : usernames.get(username.toLowerCase());
  if (holder && !('user' in holder && holder.user === id)) throw new Refusal(400, 'USERNAME_OCCUPIED');
  if (user.username !== undefined) usernames.delete(user.username.toLowerCase());
  if (username === undefined) {
    delete user.username;
    return;
  }
  user.username = username;
  usernames.set(username.toLowerCase(), { user: id });
}
