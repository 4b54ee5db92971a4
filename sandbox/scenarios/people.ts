import { addUser } from '#sandbox/world/commands/add-user.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Random } from '#sandbox/world/random.ts';
import type { InvitePrivacy, LastSeen, User } from '#sandbox/world/types.ts';
import {
  englishFirstNames,
  englishLastNames,
  feminineFirstNames,
  russianFirstNames,
  russianLastNames,
} from './names.ts';

/** How a crowd is mixed; shares are between 0 and 1. */
export type CrowdMix = {
  russian: number;
  withUsername: number;
  bots: number;
  deleted: number;
  premium: number;
  scam: number;
  withPhoto: number;
  /** Of those with a username: how many give it up once somebody has seen it. */
  fleetingUsername: number;
  privacy: Record<Exclude<InvitePrivacy, 'everybody'>, number>;
};

export const usualMix: CrowdMix = {
  russian: 0.6,
  withUsername: 0.6,
  bots: 0.01,
  deleted: 0.02,
  premium: 0.1,
  scam: 0.003,
  withPhoto: 0.7,
  fleetingUsername: 0.01,
  privacy: {
    nobody: 0.12,
    premium_only: 0.04,
    not_mutual: 0.04,
    too_many_channels: 0.04,
    blocked_inviter: 0.01,
  },
};

const dayMs = 86_400_000;

/** Adds `count` people of the mix. The same `random` gives the same people. */
export function addPeople(world: World, random: Random, count: number, mix: CrowdMix = usualMix): User[] {
  return Array.from({ length: count }, () => addPerson(world, random, mix));
}

function addPerson(world: World, random: Random, mix: CrowdMix): User {
  // Always the same number of draws, so that a changed share changes only what it is about.
  const [kind, hasUsername, isPremium, isScam, hasPhoto, isFleeting, privacyRoll] = [
    random.next(),
    random.next(),
    random.next(),
    random.next(),
    random.next(),
    random.next(),
    random.next(),
  ];
  const name = drawName(random, mix);
  const lastSeen = drawLastSeen(world, random);
  const invitePrivacy = pickPrivacy(mix, privacyRoll);
  const number = world.state.nextUserId % 1_000_000;
  const username = `${name.latin}_${number}`;

  if (kind < mix.bots) {
    const bot = { token: `${world.state.nextUserId}:${random.hex(35)}` };
    return addUser(world, { firstName: `${name.first} bot`, username: `${username}_bot`, bot });
  }
  if (kind < mix.bots + mix.deleted) return addUser(world, { firstName: '', deleted: true, invitePrivacy });
  return addUser(world, {
    firstName: name.first,
    ...(name.last === undefined ? {} : { lastName: name.last }),
    ...(hasUsername < mix.withUsername ? { username } : {}),
    ...(hasUsername < mix.withUsername && isFleeting < mix.fleetingUsername
      ? { usernameGoesOnceSeen: true }
      : {}),
    premium: isPremium < mix.premium,
    scam: isScam < mix.scam,
    photo: hasPhoto < mix.withPhoto,
    lastSeen,
    invitePrivacy,
  });
}

function drawName(random: Random, mix: CrowdMix): { first: string; last: string | undefined; latin: string } {
  const isRussian = random.chance(mix.russian);
  const first = random.pick(isRussian ? russianFirstNames : englishFirstNames);
  const last = random.pick(isRussian ? russianLastNames : englishLastNames);
  const ending = isRussian && russianFirstNames.indexOf(first) < feminineFirstNames ? ['а', 'a'] : ['', ''];
  return {
    first: first[0],
    last: random.chance(0.8) ? `${last[0]}${ending[0]}` : undefined,
    latin: `${first[1]}_${last[1]}${ending[1]}`,
  };
}

function drawLastSeen(world: World, random: Random): LastSeen {
  const roll = random.next();
  const age = random.next();
  const now = world.clock.now().getTime();
  if (roll < 0.05) return { kind: 'online', until: new Date(now + 300_000) };
  if (roll < 0.3) return { kind: 'offline', at: new Date(now - age * 14 * dayMs) };
  if (roll < 0.65) return { kind: 'recently' };
  if (roll < 0.8) return { kind: 'lastWeek' };
  if (roll < 0.9) return { kind: 'lastMonth' };
  return { kind: 'longAgo' };
}

function pickPrivacy(mix: CrowdMix, roll: number): InvitePrivacy {
  let reached = 0;
  for (const kind of [
    'nobody',
    'premium_only',
    'not_mutual',
    'too_many_channels',
    'blocked_inviter',
  ] as const) {
    reached += mix.privacy[kind];
    if (roll < reached) return kind;
  }
  return 'everybody';
}
