import type { World } from '../create-world.ts';
import type { User, UserId } from '../types.ts';

/** What Telegram does to an account: deactivated, banned or frozen; undefined gives it back. */
export function restrictUser(
  world: World,
  { user: id, restriction }: { user: UserId; restriction: User['restriction'] },
): void {
  const user = world.getUser(id);
  if (restriction === undefined) delete user.restriction;
  else user.restriction = restriction;
}
