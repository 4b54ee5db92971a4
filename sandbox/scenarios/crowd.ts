import { addChat } from '#sandbox/world/commands/add-chat.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { addAccount, addBot, castChat } from './accounts.ts';
import type { CrowdCast } from './cast.ts';
import { addPeople, type CrowdMix, usualMix } from './people.ts';

export type CrowdOptions = {
  /** Size of the group to read. */
  members?: number;
  /** Operators' accounts, all on data centre 2, admins of the target. */
  accounts?: number;
  mix?: Partial<CrowdMix>;
};

/** A group @crowd of any size and an empty target @crowd_target, for tests and benches. */
export function seedCrowd(world: World, options: CrowdOptions = {}): CrowdCast {
  const random = createRandom(`crowd:${world.seed}`);
  const bot = addBot(world, { firstName: 'Crowd', username: 'crowd_bot' });
  const accounts = Array.from({ length: options.accounts ?? 1 }, (_, index) =>
    addAccount(world, { firstName: `Account${index + 1}`, dcId: 2, number: index + 1 }),
  );
  const people = addPeople(world, random, options.members ?? 1000, { ...usualMix, ...options.mix });
  const crowd = addChat(world, {
    kind: 'supergroup',
    title: 'Crowd',
    username: 'crowd',
    members: people.map((user) => user.id),
  });
  const target = addChat(world, {
    kind: 'supergroup',
    title: 'Crowd target',
    username: 'crowd_target',
    admins: accounts.map(({ id }) => ({ user: id, rights: { inviteUsers: true } })),
  });
  return { bot, accounts, crowd: castChat(crowd), target: castChat(target) };
}
