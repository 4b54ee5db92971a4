import type { ControlClient } from '#sandbox/control/client.ts';
import type { SeedRequest } from '#sandbox/control/contract.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { COMMUNITIES, TYPED } from './shape.ts';

type NewUser = NonNullable<SeedRequest['users']>[number];

/** Where people are collected and where they are invited to: crowd `n` is meant for club `n`. */
export const crowdOf = (n: number): string => `@crowd_${n % COMMUNITIES}`;
export const clubOf = (n: number): string => `@club_${n % COMMUNITIES}`;

/** Each account works in two neighbouring communities. */
export const worksIn = (account: number, community: number): boolean =>
  account % COMMUNITIES === community || (account + 1) % COMMUNITIES === community;

const typedName = (n: number): string => `typed_person_${n}`;
export const typedRows = (): { line: number; text: string }[] =>
  Array.from({ length: TYPED }, (_, n) => ({ line: n + 1, text: `@${typedName(n)}` }));

const PRIVACIES = ['nobody', 'premium_only', 'not_mutual', 'too_many_channels'] as const;

/** Adds the crowds, the typed people and the clubs, whose admins the accounts are. */
export async function castTorture(
  control: ControlClient,
  cast: { seed: string; people: number; accountIds: readonly string[] },
): Promise<void> {
  const random = createRandom(`torture people:${cast.seed}`);
  const person = (n: number): NewUser => ({
    firstName: `Person ${n}`,
    ...(random.chance(0.7) && { username: `person_${n}` }),
    ...(random.chance(0.12) && { invitePrivacy: random.pick(PRIVACIES) }),
  });
  const { users } = await control.seed({
    users: [
      ...Array.from({ length: cast.people }, (_, n) => person(n)),
      ...Array.from({ length: TYPED }, (_, n) => ({ firstName: `Typed ${n}`, username: typedName(n) })),
    ],
  });
  const communities = Array.from({ length: COMMUNITIES }, (_, n) => n);
  await control.seed({
    chats: communities.flatMap((community) => [
      {
        kind: 'supergroup' as const,
        title: `Crowd ${community}`,
        username: crowdOf(community).slice(1),
        members: users.slice(0, cast.people).filter((_, n) => n % COMMUNITIES === community),
      },
      {
        kind: 'supergroup' as const,
        title: `Club ${community}`,
        username: clubOf(community).slice(1),
        admins: cast.accountIds
          .filter((_, account) => worksIn(account, community))
          .map((user) => ({ user, rights: { inviteUsers: true } })),
      },
    ]),
  });
}
