import { describe, expect, test } from 'vitest';
import { createWorldClock } from '#sandbox/world/clock.ts';
import { createWorld, type World } from '#sandbox/world/create-world.ts';
import { standingOf } from '#sandbox/world/membership.ts';
import { demoCast } from './cast.ts';
import { seedCrowd } from './crowd.ts';
import { seedDemo } from './demo.ts';

const epochMs = Date.UTC(2026, 4, 1);

function newWorld(seed: number): World {
  const clock = createWorldClock({ epochMs });
  return createWorld({ seed, clock: { ...clock, now: () => new Date(epochMs) } });
}

function demo(seed = 1) {
  const world = newWorld(seed);
  return { world, cast: seedDemo(world) };
}

describe('the demo', () => {
  test('is the same for the same seed and another for another', () => {
    const people = (seed: number) => [...demo(seed).world.listUsers()];
    expect(people(1)).toEqual(people(1));
    expect(people(1)).not.toEqual(people(2));
    expect(demoCast.parse(demo().cast)).toEqual(demo().cast);
  });

  test('has a club of ten thousand in the promised mix', () => {
    const { world, cast } = demo();
    const people = world.getChat(cast.chats.gardenClub.id).memberIds.map(world.getUser);
    const share = (isCounted: (person: (typeof people)[number]) => unknown) =>
      people.filter(isCounted).length / people.length;
    expect(people).toHaveLength(10_000);
    expect(share((person) => person.username)).toBeCloseTo(0.6, 1);
    expect(share((person) => person.bot)).toBeCloseTo(0.01, 2);
    expect(share((person) => person.deleted)).toBeCloseTo(0.02, 2);
    expect(share((person) => person.premium)).toBeCloseTo(0.1, 1);
    expect(share((person) => person.invitePrivacy === 'everybody')).toBeCloseTo(0.75, 1);
    expect(share((person) => person.invitePrivacy === 'nobody')).toBeCloseTo(0.12, 1);
    expect(people.some((person) => person.usernameGoesOnceSeen)).toBe(true);
    expect(new Set(people.map((person) => person.lastSeen.kind)).size).toBe(6);
  });

  test('has four accounts that may invite into the target, one with a password, one elsewhere', () => {
    const { world, cast } = demo();
    const target = world.getChat(cast.chats.target.id);
    expect(cast.accounts.map(({ id }) => target.admins.get(id)?.inviteUsers)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(cast.accounts.filter(({ password }) => password)).toHaveLength(1);
    expect(new Set(cast.accounts.map(({ dcId }) => dcId))).toEqual(new Set([1, 2, 4]));
    for (const { phone, dcId } of cast.accounts) expect(phone).toMatch(new RegExp(`^99966${dcId}\\d{4}$`));
  });

  test('has club people in the target already, some who left and some who were thrown out', () => {
    const { world, cast } = demo();
    const target = world.getChat(cast.chats.target.id);
    const standings = world.getChat(cast.chats.gardenClub.id).memberIds.map((id) => standingOf(target, id));
    const count = (standing: string) => standings.filter((each) => each === standing).length;
    expect([count('member'), count('left'), count('kicked')]).toEqual([40, 15, 10]);
  });

  test('has a channel whose thirty posts are commented in order of time by about 250 authors', () => {
    const { world, cast } = demo();
    const channel = world.getChat(cast.chats.cityNews.id);
    const group = world.getChat(cast.chats.cityNewsTalk.id);
    const comments = [...group.threads.values()].flat();
    const authors = comments.flatMap(({ from }) => ('user' in from ? from.user : []));
    const times = group.messages.map(({ at }) => at.getTime());
    expect(channel.messages).toHaveLength(30);
    expect(comments).toHaveLength(600);
    expect(new Set(authors).size).toBeGreaterThan(230);
    expect(comments.some(({ from }) => 'chat' in from && from.chat === group.id)).toBe(true);
    expect(comments.some(({ from }) => 'chat' in from && from.chat !== group.id)).toBe(true);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const outside = authors.filter((id) => !group.members.has(id) && !channel.members.has(id));
    expect(outside.length).toBeGreaterThan(100);
  });

  test('has a channel too big for direct adds and a group that hides its members', () => {
    const { world, cast } = demo();
    expect(cast.chats.bigChannel.members).toBe(250);
    expect(world.getChat(cast.chats.closedClub.id).membersHidden).toBe(true);
    expect(world.getChat(cast.chats.quietChannel.id).linkedChat).toBeUndefined();
  });
});

test('a crowd has the size and the mix it was asked for', () => {
  const world = newWorld(1);
  const nobodyRefuses = {
    nobody: 0,
    premium_only: 0,
    not_mutual: 0,
    too_many_channels: 0,
    blocked_inviter: 0,
  };
  const cast = seedCrowd(world, { members: 321, accounts: 3, mix: { privacy: nobodyRefuses } });
  expect(cast.crowd.members).toBe(321);
  expect(cast.accounts).toHaveLength(3);
  const people = world.getChat(cast.crowd.id).memberIds.map(world.getUser);
  expect(people.every((person) => person.invitePrivacy === 'everybody')).toBe(true);
});
