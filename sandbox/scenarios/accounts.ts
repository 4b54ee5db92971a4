import { addUser } from '#sandbox/world/commands/add-user.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Chat } from '#sandbox/world/types.ts';
import type { CastChat, CastPerson, DemoCast } from './cast.ts';

export type NewAccount = { firstName: string; dcId: number; number: number; password?: string };

/** Adds an operator's account on a test number 99966XYYYY, whose code is its data centre's digit five times. */
export function addAccount(world: World, account: NewAccount): DemoCast['accounts'][number] {
  const { firstName, dcId, password } = account;
  const phone = `99966${dcId}${String(account.number).padStart(4, '0')}`;
  const username = `usher_${firstName.toLowerCase()}`;
  const { id } = addUser(world, {
    firstName,
    username,
    phone,
    dcId,
    languageCode: 'en',
    ...(password === undefined ? {} : { password: { value: password, hint: 'the demo password' } }),
  });
  const code = String(dcId).repeat(5);
  return { id, firstName, username, phone, dcId, code, ...(password === undefined ? {} : { password }) };
}

/** Adds somebody who talks to the bot. */
export function addTalker(
  world: World,
  { firstName, username, phone, languageCode }: Omit<CastPerson, 'id'> & { languageCode: string },
): CastPerson {
  const { id } = addUser(world, { firstName, username, phone, languageCode });
  return { id, firstName, username, phone };
}

export function addBot(
  world: World,
  { firstName, username }: { firstName: string; username: string },
): DemoCast['bot'] {
  const token = `${world.state.nextUserId}:${world.random.hex(35)}`;
  const { id } = addUser(world, { firstName, username, bot: { token } });
  return { id, username, token };
}

export function castChat({ id, kind, title, username, members }: Chat): CastChat {
  return { id, kind, title, members: members.size, ...(username === undefined ? {} : { username }) };
}
