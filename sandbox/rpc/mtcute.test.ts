import { Long, type tl } from '@mtcute/node';
import { describe, expect, test } from 'vitest';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import { joinChat } from '#sandbox/world/commands/join-chat.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { setUpTelegram } from './testing/fixture.ts';

/** The same world through a client nobody here wrote, of a later layer than GramJS's. */
const fixture = setUpTelegram();
type Client = ReturnType<typeof fixture.mtcute>;
let next = 1;

async function sendCode(client: Client, phoneNumber: string): Promise<string> {
  const sent = await client.call({
    _: 'auth.sendCode',
    phoneNumber,
    apiId: 1,
    apiHash: 'hash',
    settings: { _: 'codeSettings' },
  });
  return 'phoneCodeHash' in sent ? sent.phoneCodeHash : '';
}

async function signIn(client: Client, phoneNumber: string, phoneCode = '22222') {
  const phoneCodeHash = await sendCode(client, phoneNumber);
  return client.call({ _: 'auth.signIn', phoneNumber, phoneCodeHash, phoneCode });
}

async function newAccount(fields: Partial<NewUser> = {}) {
  const phone = `9996629${String(next++).padStart(3, '0')}`;
  const user = addUser(fixture.telegram.world, { firstName: 'Iris', phone, ...fields });
  const client = fixture.mtcute();
  await signIn(client, phone);
  return { user, client };
}

async function resolveChannel(client: Client, username: string): Promise<tl.RawInputChannel> {
  const { chats } = await client.call({ _: 'contacts.resolveUsername', username });
  const [chat] = chats;
  if (chat?._ !== 'channel') throw new Error('no channel');
  return { _: 'inputChannel', channelId: chat.id, accessHash: chat.accessHash ?? Long.ZERO };
}

async function resolveUser(client: Client, username: string): Promise<tl.RawInputUser> {
  const { users } = await client.call({ _: 'contacts.resolveUsername', username });
  const [user] = users;
  if (user?._ !== 'user') throw new Error('no user');
  return { _: 'inputUser', userId: user.id, accessHash: user.accessHash ?? Long.ZERO };
}

describe('signing in', () => {
  test('by code', async () => {
    const { user, client } = await newAccount();
    const [self] = await client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] });
    expect(self).toMatchObject({ _: 'user', id: Number(user.id), self: true, phone: user.phone });
  });

  test('with the right password, not with a wrong one', async () => {
    addUser(fixture.telegram.world, {
      firstName: 'Basil',
      phone: '9996629901',
      password: { value: 'thyme' },
    });
    const client = fixture.mtcute();
    await expect(signIn(client, '9996629901')).rejects.toThrow('SESSION_PASSWORD_NEEDED');
    const check = async (password: string) => {
      const account = await client.call({ _: 'account.getPassword' });
      return client.call({
        _: 'auth.checkPassword',
        password: await client.computeSrpParams(account, password),
      });
    };
    await expect(check('mint')).rejects.toThrow('PASSWORD_HASH_INVALID');
    expect(await check('thyme')).toMatchObject({ _: 'auth.authorization', user: { firstName: 'Basil' } });
  });

  test('is sent to the data centre of the number', async () => {
    addUser(fixture.telegram.world, { firstName: 'Clover', phone: '9996649902', dcId: 4 });
    const answer = await signIn(fixture.mtcute(2), '9996649902', '44444');
    expect(answer).toMatchObject({ _: 'auth.authorization', user: { firstName: 'Clover' } });
    expect(fixture.telegram.ledger.entries()).toContainEqual(
      expect.objectContaining({ method: 'auth.sendCode', error: 'PHONE_MIGRATE_4' }),
    );
  });
});

test('members are listed in pages', async () => {
  const { world } = fixture.telegram;
  const { client } = await newAccount();
  const members = Array.from({ length: 250 }, (_, index) => addUser(world, { firstName: `P${index}` }).id);
  const username = `pages_${next++}`;
  addChat(world, { kind: 'supergroup', title: 'Pages', username, members });
  const channel = await resolveChannel(client, username);
  const filter = { _: 'channelParticipantsRecent' } as const;
  const page = (offset: number) =>
    client.call({ _: 'channels.getParticipants', channel, filter, offset, limit: 200, hash: Long.ZERO });
  const seen: number[] = [];
  for (const offset of [0, 200, 400]) {
    const answer = await page(offset);
    if (answer._ === 'channels.channelParticipants') seen.push(...answer.users.map((user) => user.id));
  }
  expect(seen).toEqual(members.map(Number));
});

test('invites add, leave out and refuse, as everywhere', async () => {
  const { world } = fixture.telegram;
  const { user, client } = await newAccount();
  const username = `target_${next++}`;
  const target = addChat(world, {
    kind: 'supergroup',
    title: 'Target',
    username,
    admins: [{ user: user.id, rights: { inviteUsers: true } }],
  });
  const channel = await resolveChannel(client, username);
  const invite = async (fields: Partial<NewUser>) => {
    const invitee = addUser(world, { firstName: 'Ann', username: `mt_invitee_${next++}`, ...fields });
    const users = [await resolveUser(client, invitee.username ?? '')];
    return client.call({ _: 'channels.inviteToChannel', channel, users });
  };
  expect(await invite({})).toMatchObject({ _: 'messages.invitedUsers', missingInvitees: [] });
  expect(await invite({ invitePrivacy: 'premium_only' })).toMatchObject({
    missingInvitees: [{ premiumWouldAllowInvite: true }],
  });
  await expect(invite({ invitePrivacy: 'not_mutual' })).rejects.toThrow('USER_NOT_MUTUAL_CONTACT');
  expect(target.members.size).toBe(2);
});

test('comments are read and their min authors invited from the message', async () => {
  const { world } = fixture.telegram;
  const { user, client } = await newAccount();
  const username = `news_${next++}`;
  const owner = addUser(world, { firstName: 'Owner' }).id;
  const channel = addChat(world, { kind: 'channel', title: 'News', username, creator: owner });
  const group = addChat(world, { kind: 'supergroup', title: 'Talk', username: `talk_${next++}` });
  linkDiscussion(world, { channel: channel.id, group: group.id });
  const admins = [{ user: user.id, rights: { inviteUsers: true } }];
  const target = addChat(world, { kind: 'supergroup', title: 'Target', username: `to_${next++}`, admins });
  sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text: 'Post' });
  const reader = addUser(world, { firstName: 'Reader' });
  const replyTo = group.postCopies.get(1) ?? 0;
  sendMessage(world, { from: { user: reader.id }, to: { chat: group.id }, text: 'Good', replyTo });

  const { channelId, accessHash } = await resolveChannel(client, username);
  const replies = await client.call({
    _: 'messages.getReplies',
    peer: { _: 'inputPeerChannel', channelId, accessHash },
    msgId: 1,
    offsetId: 0,
    offsetDate: 0,
    addOffset: 0,
    limit: 10,
    maxId: 0,
    minId: 0,
    hash: Long.ZERO,
  });
  if (replies._ !== 'messages.channelMessages') throw new Error(replies._);
  expect(replies.users).toMatchObject([{ min: true, firstName: 'Reader' }]);
  const talk = await resolveChannel(client, group.username ?? '');
  await client.call({
    _: 'channels.inviteToChannel',
    channel: await resolveChannel(client, target.username ?? ''),
    users: [
      {
        _: 'inputUserFromMessage',
        peer: { ...talk, _: 'inputPeerChannel' },
        msgId: replies.messages[0]?.id ?? 0,
        userId: Number(reader.id),
      },
    ],
  });
  expect(target.members.has(reader.id)).toBe(true);
});

test('joining is answered in the form of its layer', async () => {
  const { world } = fixture.telegram;
  const { user, client } = await newAccount();
  const username = `joinable_${next++}`;
  const chat = addChat(world, { kind: 'supergroup', title: 'Open', username });
  const channel = await resolveChannel(client, username);
  expect(await client.call({ _: 'channels.joinChannel', channel })).toMatchObject({
    _: 'messages.chatInviteJoinResultOk',
  });
  expect(chat.members.has(user.id)).toBe(true);
  expect(() => joinChat(world, { chat: chat.id, user: user.id })).toThrow('USER_ALREADY_PARTICIPANT');
});

test('a message of one account is pushed to the other', async () => {
  const [ann, bob] = [await newAccount({ username: `mt_ann_${next++}` }), await newAccount()];
  const arrived = new Promise<tl.TypeUpdates>((resolve) => ann.client.onServerUpdate.add(resolve));
  await ann.client.call({ _: 'updates.getState' });
  const { userId, accessHash } = await resolveUser(bob.client, ann.user.username ?? '');
  await bob.client.call({
    _: 'messages.sendMessage',
    peer: { _: 'inputPeerUser', userId, accessHash },
    message: 'Hello',
    randomId: Long.fromNumber(5),
  });
  expect(await arrived).toMatchObject({
    updates: [{ _: 'updateNewMessage', message: { message: 'Hello' } }],
  });
});
