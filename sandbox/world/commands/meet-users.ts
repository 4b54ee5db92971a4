import type { World } from '../create-world.ts';
import type { UserId } from '../types.ts';
import { renameUser } from './rename-user.ts';

/** An account was given full references of these users: from now on they are no strangers to it. */
export function meetUsers(
  world: World,
  { viewer, users }: { viewer: UserId; users: Iterable<UserId> },
): void {
  const met = world.state.met.get(viewer) ?? new Set();
  world.state.met.set(viewer, met);
  for (const user of users) met.add(user);
}

/** These users were shown to somebody; those whose username goes once seen lose it. */
export function dropSeenUsernames(world: World, users: Iterable<UserId>): void {
  for (const id of users) {
    const user = world.findUser(id);
    if (user?.usernameGoesOnceSeen && user.username !== undefined) renameUser(world, { user: id });
  }
}
