import { DAY_MS } from '#core/duration.ts';
import { createRandom, type Random } from '#sandbox/world/random.ts';

/** What is taken for granted about who uses Usher; said beside every result. */
export const ASSUMED = {
  /** Accounts of one team, drawn log-uniformly: from about 14 on the community's own limit binds. */
  accountsPerTeam: [1, 20],
  /** People in one campaign, drawn log-uniformly. */
  peoplePerCampaign: [200, 20_000],
  /** A team starts its first campaign at any moment of this many days. */
  startDays: 1,
  /** How long ago an account was connected: the youngest are still in their ramp. */
  accountAgeDays: [0, 60],
  /** Share of invites after which the person is in, to be looked at again a day later. */
  joinedShare: 0.55,
} as const;

/** Accounts that invite together, from one campaign into the next, each into a community of its own. */
export type Team = {
  connectedAtMs: readonly number[];
  startsAtMs: number;
  /** Draws the size of the next campaign. */
  drawPeople(): number;
  /** Draws the pauses. */
  random: Random;
};

/** The `index`-th team of a seed, of at most `atMost` accounts. Moments count from the start of the run. */
export function drawTeam(seed: number, index: number, atMost: number): Team {
  const random = createRandom(`${seed} ${index}`);
  const size = Math.min(atMost, logUniform(random, ASSUMED.accountsPerTeam));
  const [youngest, oldest] = ASSUMED.accountAgeDays;
  return {
    connectedAtMs: Array.from(
      { length: size },
      () => -Math.floor((youngest + random.next() * (oldest - youngest)) * DAY_MS),
    ),
    startsAtMs: Math.floor(random.next() * ASSUMED.startDays * DAY_MS),
    drawPeople: () => logUniform(random, ASSUMED.peoplePerCampaign),
    random,
  };
}

const logUniform = (random: Random, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.floor(Math.exp(Math.log(least) + random.next() * Math.log((most + 1) / least))));
