import type { World } from '../create-world.ts';
import type { User, UserId } from '../types.ts';

export type NewUser = Partial<Omit<User, 'id'>> & { id?: UserId; firstName: string };

/** Adds a user: id, data centre 2, open to invites and seen recently unless told. Throws when a name is taken. */
export function addUser(world: World, { id, ...fields }: NewUser): User {
  const { state } = world;
  const user: User = {
    id: id ?? String(state.nextUserId++),
    lastSeen: { kind: 'recently' },
    invitePrivacy: 'everybody',
    dcId: 2,
    ...fields,
  };
  const name = user.username?.toLowerCase();
  if (state.users.has(user.id)) throw new Error(`user ${user.id} exists already`);
  if (name !== undefined && state.usernames.has(name)) throw new Error(`@${name} is taken`);
  state.users.set(user.id, user);
  if (name !== undefined) state.usernames.set(name, { user: user.id });
  if (user.phone !== undefined) state.phones.set(user.phone, user.id);
  if (user.bot) state.botTokens.set(user.bot.token, user.id);
  return user;
}
