import { describe, expect, test } from 'vitest';
import { createWorldClock } from './clock.ts';
import { addChat, type NewChat } from './commands/add-chat.ts';
import { addUser, type NewUser } from './commands/add-user.ts';
import { inviteUser } from './commands/invite-user.ts';
import { kickUser } from './commands/kick-user.ts';
import { leaveChat } from './commands/leave-chat.ts';
import { createWorld } from './create-world.ts';
import type { ChatKind, WorldEvent } from './types.ts';

function stage(kind: ChatKind = 'supergroup', chat: Partial<NewChat> = {}) {
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  const owner = addUser(world, { firstName: 'Owner' });
  const target = addChat(world, { kind, title: 'Target', creator: owner.id, ...chat });
  const events: WorldEvent[] = [];
  world.on((event) => events.push(event));
  const person = (fields: Partial<NewUser> = {}) => addUser(world, { firstName: 'Ann', ...fields });
  const invite = (user: string, by = owner.id) => inviteUser(world, { chat: target.id, user, by });
  return { world, owner, target, events, person, invite };
}

describe('adding somebody', () => {
  test('makes them a member, with who brought them, and says so', () => {
    const { target, owner, events, person, invite } = stage();
    const ann = person();
    expect(invite(ann.id)).toEqual({ kind: 'added' });
    expect(target.members.get(ann.id)).toMatchObject({ invitedBy: owner.id });
    expect(events).toEqual([{ kind: 'member_joined', chat: target.id, user: ann.id, by: owner.id }]);
  });

  test.each([
    ['nobody', false],
    ['premium_only', true],
  ] as const)('leaves out whose privacy is %s', (invitePrivacy, premiumWouldAllowInvite) => {
    const { target, events, person, invite } = stage();
    const ann = person({ invitePrivacy });
    expect(invite(ann.id)).toEqual({ kind: 'missing', premiumWouldAllowInvite });
    expect(target.members.has(ann.id)).toBe(false);
    expect(events).toEqual([]);
  });

  test('a premium inviter adds those who let premium in', () => {
    const { owner, person, invite } = stage();
    owner.premium = true;
    expect(invite(person({ invitePrivacy: 'premium_only' }).id)).toEqual({ kind: 'added' });
  });

  test.each([
    [{ invitePrivacy: 'not_mutual' }, 'USER_NOT_MUTUAL_CONTACT'],
    [{ invitePrivacy: 'too_many_channels' }, 'USER_CHANNELS_TOO_MUCH'],
    [{ invitePrivacy: 'blocked_inviter' }, 'USER_IS_BLOCKED'],
    [{ bot: { token: '1:a' } }, 'USER_BOT'],
    [{ deleted: true }, 'INPUT_USER_DEACTIVATED'],
    [{ restriction: 'deactivated' }, 'INPUT_USER_DEACTIVATED'],
    [{ restriction: 'banned' }, 'INPUT_USER_DEACTIVATED'],
  ] satisfies [Partial<NewUser>, string][])('refuses %o with %s', (fields, text) => {
    const { target, person, invite } = stage();
    const ann = person(fields);
    expect(() => invite(ann.id)).toThrow(text);
    expect(target.members.has(ann.id)).toBe(false);
  });

  test('a member of a supergroup is silently there already, of a basic group an error', () => {
    const supergroup = stage('supergroup');
    const ann = supergroup.person();
    supergroup.invite(ann.id);
    expect(supergroup.invite(ann.id)).toEqual({ kind: 'already_member' });
    expect(supergroup.events).toHaveLength(1);

    const group = stage('group');
    const bob = group.person();
    group.invite(bob.id);
    expect(() => group.invite(bob.id)).toThrow('USER_ALREADY_PARTICIPANT');
  });

  test('whoever was kicked stays out, and whoever left comes back only by a mutual contact', () => {
    const { world, owner, target, person, invite } = stage();
    const [kicked, left] = [person(), person()];
    invite(kicked.id);
    invite(left.id);
    kickUser(world, { chat: target.id, user: kicked.id, by: owner.id });
    leaveChat(world, { chat: target.id, user: left.id });
    expect(() => invite(kicked.id)).toThrow('USER_KICKED');
    expect(() => invite(left.id)).toThrow('USER_NOT_MUTUAL_CONTACT');
  });
});

describe('who may add', () => {
  test('an admin with the right, no other member of a supergroup', () => {
    const { target, person, invite } = stage();
    const [helper, weakAdmin, member, stranger] = [person(), person(), person(), person()];
    for (const user of [helper, weakAdmin, member]) invite(user.id);
    target.admins.set(helper.id, { inviteUsers: true, banUsers: false, postMessages: false });
    target.admins.set(weakAdmin.id, { inviteUsers: false, banUsers: true, postMessages: false });
    expect(invite(person().id, helper.id)).toEqual({ kind: 'added' });
    expect(() => invite(person().id, weakAdmin.id)).toThrow('CHAT_ADMIN_REQUIRED');
    expect(() => invite(person().id, member.id)).toThrow('CHAT_WRITE_FORBIDDEN');
    expect(() => invite(person().id, stranger.id)).toThrow('CHAT_WRITE_FORBIDDEN');
  });

  test('any member of a basic group', () => {
    const { person, invite } = stage('group');
    const member = person();
    invite(member.id);
    expect(invite(person().id, member.id)).toEqual({ kind: 'added' });
    expect(() => invite(person().id, person().id)).toThrow('CHAT_WRITE_FORBIDDEN');
  });

  test('nobody but an admin of a channel', () => {
    const { person, invite } = stage('channel');
    expect(() => invite(person().id, person().id)).toThrow('CHAT_ADMIN_REQUIRED');
  });
});

test('a broadcast channel takes direct adds up to two hundred members, a supergroup more', () => {
  const fill = (kind: ChatKind) => {
    const { person, invite } = stage(kind);
    for (let members = 1; members < 200; members++) invite(person().id);
    return () => invite(person().id);
  };
  expect(fill('channel')).toThrow('USERS_TOO_MUCH');
  expect(fill('supergroup')()).toEqual({ kind: 'added' });
});
