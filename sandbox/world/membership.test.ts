import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorldClock } from './clock.ts';
import { addChat } from './commands/add-chat.ts';
import { addUser } from './commands/add-user.ts';
import { inviteUser } from './commands/invite-user.ts';
import { joinChat } from './commands/join-chat.ts';
import { kickUser, unbanUser } from './commands/kick-user.ts';
import { leaveChat } from './commands/leave-chat.ts';
import { promoteMember } from './commands/promote-member.ts';
import { createWorld } from './create-world.ts';
import { standingOf } from './membership.ts';
import { Refusal } from './refusal.ts';
import { canListMembers, canSeeChat } from './visibility.ts';

const moves = ['join', 'leave', 'invite', 'kick', 'unban', 'promote'] as const;

test('whatever people do, a member is one in every view and nothing else at the same time', () => {
  const move = fc.record({ what: fc.constantFrom(...moves), who: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (script) => {
      const world = createWorld({ seed: 1, clock: createWorldClock() });
      const by = addUser(world, { firstName: 'Owner' }).id;
      const chat = addChat(world, { kind: 'supergroup', title: 'Club', username: 'club', creator: by });
      const people = Array.from({ length: 5 }, () => addUser(world, { firstName: 'Ann' }).id);
      for (const { what, who } of script) {
        const at = { chat: chat.id, user: people[who] ?? '', by };
        try {
          if (what === 'join') joinChat(world, at);
          if (what === 'leave') leaveChat(world, at);
          if (what === 'invite') inviteUser(world, at);
          if (what === 'kick') kickUser(world, at);
          if (what === 'unban') unbanUser(world, at);
          if (what === 'promote') promoteMember(world, { ...at, rights: { inviteUsers: true } });
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
        expect([...chat.members.keys()].sort()).toEqual(chat.memberIds.toSorted());
        expect(new Set(chat.memberIds).size).toBe(chat.memberIds.length);
        for (const user of people) {
          const places = [chat.members, chat.left, chat.kicked].filter((place) => place.has(user));
          expect(places.length).toBeLessThanOrEqual(1);
          if (chat.admins.has(user)) expect(standingOf(chat, user)).toBe('admin');
        }
      }
    }),
  );
});

test('a private chat is for its members, a public one for all but the kicked', () => {
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  const [owner, member, stranger, kicked] = Array.from(
    { length: 4 },
    () => addUser(world, { firstName: 'Ann' }).id,
  );
  const chat = addChat(world, {
    kind: 'supergroup',
    title: 'Club',
    creator: owner!,
    members: [member!, kicked!],
  });
  kickUser(world, { chat: chat.id, user: kicked!, by: owner! });
  const seers = () => [owner, member, stranger, kicked].map((user) => canSeeChat(world, chat, user!));
  expect(seers()).toEqual([true, true, false, false]);
  chat.username = 'club';
  expect(seers()).toEqual([true, true, true, false]);
  expect(() => joinChat(world, { chat: chat.id, user: kicked! })).toThrow('CHANNEL_PRIVATE');
});

test('whoever sees a channel sees its private discussion group', () => {
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  const reader = addUser(world, { firstName: 'Ann' }).id;
  const channel = addChat(world, { kind: 'channel', title: 'News', username: 'news' });
  const group = addChat(world, { kind: 'supergroup', title: 'Talk' });
  expect(canSeeChat(world, group, reader)).toBe(false);
  group.linkedChat = channel.id;
  expect(canSeeChat(world, group, reader)).toBe(true);
});

test('hidden members and those of channels are listed for admins alone', () => {
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  const [admin, member] = Array.from({ length: 2 }, () => addUser(world, { firstName: 'Ann' }).id);
  const common = { title: 'Club', admins: [{ user: admin!, rights: {} }], members: [member!] };
  const open = addChat(world, { kind: 'supergroup', ...common });
  const hidden = addChat(world, { kind: 'supergroup', membersHidden: true, ...common });
  const channel = addChat(world, { kind: 'channel', ...common });
  const listers = (user: string) => [open, hidden, channel].map((chat) => canListMembers(world, chat, user));
  expect(listers(admin!)).toEqual([true, true, true]);
  expect(listers(member!)).toEqual([true, false, false]);
});
