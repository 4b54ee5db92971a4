import { expect, test } from 'vitest';
import { createWorldClock } from './clock.ts';
import { addChat } from './commands/add-chat.ts';
import { addUser } from './commands/add-user.ts';
import {
  answerJoinRequest,
  createInviteLink,
  joinByLink,
  openInviteLink,
  revokeInviteLink,
} from './commands/invite-links.ts';
import { kickUser } from './commands/kick-user.ts';
import { createWorld } from './create-world.ts';
import type { WorldEvent } from './types.ts';

function stage() {
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  const by = addUser(world, { firstName: 'Owner' }).id;
  const chat = addChat(world, { kind: 'supergroup', title: 'Club', creator: by });
  const events: WorldEvent[] = [];
  world.on((event) => events.push(event));
  const person = () => addUser(world, { firstName: 'Ann' }).id;
  return { world, by, chat, events, person };
}

test('a link lets people in, remembers them and its limit', () => {
  const { world, by, chat, events, person } = stage();
  const link = createInviteLink(world, { chat: chat.id, by, memberLimit: 1 });
  const ann = person();
  expect(joinByLink(world, { hash: link.hash, user: ann })).toBe('joined');
  expect([...link.joined.keys()]).toEqual([ann]);
  expect(events).toEqual([
    { kind: 'member_joined', chat: chat.id, user: ann, by: undefined, link: link.hash },
  ]);
  expect(() => joinByLink(world, { hash: link.hash, user: ann })).toThrow('USER_ALREADY_PARTICIPANT');
  expect(() => joinByLink(world, { hash: link.hash, user: person() })).toThrow('USERS_TOO_MUCH');
});

test('a link that wants approval collects requests, each answered once', () => {
  const { world, by, chat, person } = stage();
  const { hash } = createInviteLink(world, { chat: chat.id, by, needsApproval: true });
  const [ann, bob] = [person(), person()];
  for (const user of [ann, bob]) expect(joinByLink(world, { hash, user })).toBe('requested');
  answerJoinRequest(world, { chat: chat.id, user: ann, approved: true, by });
  answerJoinRequest(world, { chat: chat.id, user: bob, approved: false, by });
  expect([chat.members.has(ann), chat.members.has(bob)]).toEqual([true, false]);
  expect(() => answerJoinRequest(world, { chat: chat.id, user: ann, approved: true, by })).toThrow(
    'HIDE_REQUESTER_MISSING',
  );
});

test('a link ends by its time, by being revoked and for the kicked', () => {
  const { world, by, chat, person } = stage();
  const expiresAt = new Date(world.clock.now().getTime() + 1000);
  const timed = createInviteLink(world, { chat: chat.id, by, expiresAt });
  const revoked = createInviteLink(world, { chat: chat.id, by });
  const open = createInviteLink(world, { chat: chat.id, by });
  world.clock.advance(2000);
  revokeInviteLink(world, { chat: chat.id, hash: revoked.hash, by });
  expect(() => openInviteLink(world, timed.hash)).toThrow('INVITE_HASH_EXPIRED');
  expect(() => openInviteLink(world, revoked.hash)).toThrow('INVITE_HASH_EXPIRED');
  const kicked = person();
  kickUser(world, { chat: chat.id, user: kicked, by });
  expect(() => joinByLink(world, { hash: open.hash, user: kicked })).toThrow('CHANNEL_PRIVATE');
});

test('only an admin who may invite makes a link, and not one of a senseless shape', () => {
  const { world, by, chat, person } = stage();
  const make = (wanted: object) => createInviteLink(world, { chat: chat.id, by, ...wanted });
  expect(() => make({ by: person() })).toThrow('CHAT_ADMIN_REQUIRED');
  expect(() => make({ memberLimit: 5, needsApproval: true })).toThrow('USAGE_LIMIT_INVALID');
  expect(() => make({ expiresAt: new Date(0) })).toThrow('EXPIRE_DATE_INVALID');
});
