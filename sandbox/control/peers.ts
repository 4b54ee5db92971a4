import type { BotUser } from '#sandbox/botapi/method.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { User } from '#sandbox/world/types.ts';
import { notFound } from './control-error.ts';

/** By id or username. Throws 404. */
export function getUser(world: World, reference: string): User {
  const user = world.findUser(reference) ?? world.findUserByUsername(reference);
  if (!user) throw notFound('user', reference);
  return user;
}

/** By id or username. Throws 404, also for a user who is no bot. */
export function getBot(world: World, reference: string): BotUser {
  const user = world.findUser(reference) ?? world.findUserByUsername(reference);
  if (!user?.bot) throw notFound('bot', reference);
  return { ...user, bot: user.bot };
}
