import bigInt from 'big-integer';
import { Api, type TelegramClient } from 'telegram';
import { Raw } from 'telegram/events/index.js';
import { describe, expect, test } from 'vitest';
import { addChat, type NewChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import type { Chat, ChatKind, User } from '#sandbox/world/types.ts';
import { refusal, setUpTelegram } from './testing/fixture.ts';

const fixture = setUpTelegram();
let next = 1;

/** An account that administers a target of its own. */
async function stage(kind: ChatKind = 'supergroup', fields: Partial<NewChat> = {}) {
  const { user: admin, client } = await fixture.newAccount();
  const username = `target_${next++}`;
  const target = addChat(fixture.telegram.world, {
    kind,
    title: 'Target',
    ...(kind === 'group' ? {} : { username }),
    admins: [{ user: admin.id, rights: { inviteUsers: true } }],
    ...fields,
  });
  return { admin, client, target, username };
}

function person(fields: Partial<NewUser> = {}): User & { username: string } {
  const username = `invitee_${next++}`;
  return Object.assign(addUser(fixture.telegram.world, { firstName: 'Ann', username, ...fields }), {
    username,
  });
}

const invite = (client: TelegramClient, channel: string, ...users: Api.TypeEntityLike[]) =>
  client.invoke(new Api.channels.InviteToChannel({ channel, users }));

const inputChannel = (viewer: User, chat: Chat) =>
  new Api.InputPeerChannel({
    channelId: bigInt(chat.id),
    accessHash: bigInt(fixture.telegram.world.accessHash(viewer.id, `chat:${chat.id}`)),
  });

const lastInvite = (account: User) =>
  fixture.telegram.ledger
    .entries()
    .findLast((line) => line.kind === 'rpc' && line.account === account.id && 'added' in line);

describe('inviting by an access hash', () => {
  test('adds, tells who was added and writes it down', async () => {
    const { admin, client, target, username } = await stage();
    const ann = person();
    const answer = await invite(client, username, ann.username);
    expect(answer.missingInvitees).toEqual([]);
    expect(answer.updates).toMatchObject({ users: [{ firstName: 'Ann' }], chats: [{ title: 'Target' }] });
    expect(target.members.get(ann.id)).toMatchObject({ invitedBy: admin.id });
    expect(lastInvite(admin)).toMatchObject({
      method: 'channels.inviteToChannel',
      chat: target.id,
      users: [ann.id],
      added: [ann.id],
      missing: [],
      error: null,
    });
  });

  test.each([
    ['nobody', null],
    ['premium_only', true],
  ] as const)('leaves out whose privacy is %s', async (invitePrivacy, premiumWouldAllowInvite) => {
    const { admin, client, target, username } = await stage();
    const ann = person({ invitePrivacy });
    const { missingInvitees } = await invite(client, username, ann.username);
    expect(missingInvitees).toMatchObject([{ premiumWouldAllowInvite: premiumWouldAllowInvite ?? false }]);
    expect(String(missingInvitees[0]?.userId)).toBe(ann.id);
    expect(target.members.has(ann.id)).toBe(false);
    expect(lastInvite(admin)).toMatchObject({ users: [ann.id], added: [], missing: [ann.id], error: null });
  });

  test.each([
    [{ invitePrivacy: 'not_mutual' }, 403, 'USER_NOT_MUTUAL_CONTACT'],
    [{ invitePrivacy: 'too_many_channels' }, 403, 'USER_CHANNELS_TOO_MUCH'],
    [{ invitePrivacy: 'blocked_inviter' }, 400, 'USER_IS_BLOCKED'],
    [{ bot: { token: '9:a' } }, 400, 'USER_BOT'],
    [{ restriction: 'deactivated' }, 400, 'INPUT_USER_DEACTIVATED'],
  ] satisfies [Partial<NewUser>, number, string][])(
    'refuses %o with %i %s',
    async (fields, code, errorMessage) => {
      const { admin, client, username } = await stage();
      const ann = person(fields);
      await expect(invite(client, username, ann.username)).rejects.toMatchObject({ code, errorMessage });
      expect(lastInvite(admin)).toMatchObject({
        users: [ann.id],
        added: [],
        missing: [],
        error: errorMessage,
      });
    },
  );

  test('a member is there already: nothing is added and nothing is wrong', async () => {
    const { admin, client, username } = await stage();
    const ann = person();
    await invite(client, username, ann.username);
    const again = await invite(client, username, ann.username);
    expect(again).toMatchObject({ missingInvitees: [], updates: { users: [] } });
    expect(lastInvite(admin)).toMatchObject({ users: [ann.id], added: [], missing: [] });
  });

  test('of somebody else opens nothing', async () => {
    const { client, username } = await stage();
    const ann = person();
    const { user: other } = await fixture.newAccount();
    const stolen = new Api.InputUser({
      userId: bigInt(ann.id),
      accessHash: bigInt(fixture.telegram.world.accessHash(other.id, `user:${ann.id}`)),
    });
    expect(await refusal(invite(client, username, stolen))).toBe('USER_ID_INVALID');
  });

  test('is for admins with the right, and into a channel up to two hundred members', async () => {
    const { client: stranger } = await fixture.newAccount();
    const group = await stage();
    const ann = person();
    await expect(invite(stranger, group.username, ann.username)).rejects.toMatchObject({
      code: 403,
      errorMessage: 'CHAT_WRITE_FORBIDDEN',
    });
    const channel = await stage('channel', { members: Array.from({ length: 199 }, () => person().id) });
    await expect(invite(stranger, channel.username, ann.username)).rejects.toMatchObject({
      code: 400,
      errorMessage: 'CHAT_ADMIN_REQUIRED',
    });
    expect(await refusal(invite(channel.client, channel.username, ann.username))).toBe('USERS_TOO_MUCH');
  });

  test('several at once are added together or not at all', async () => {
    const { client, target, username } = await stage();
    const [ann, bob, shy] = [person(), person(), person({ invitePrivacy: 'nobody' })];
    const refused = person({ invitePrivacy: 'not_mutual' });
    expect(await refusal(invite(client, username, ann.username, refused.username))).toBe(
      'USER_NOT_MUTUAL_CONTACT',
    );
    expect(target.members.has(ann.id)).toBe(false);
    const answer = await invite(client, username, ann.username, bob.username, shy.username);
    expect(answer.missingInvitees).toHaveLength(1);
    expect(target.memberIds.slice(-2)).toEqual([ann.id, bob.id]);
  });

  test('the person added is told of the chat', async () => {
    const { client, target, username } = await stage();
    const { user, client: invited } = await fixture.newAccount({ username: `told_${next++}` });
    const told = new Promise<Api.UpdateChannel>((resolve) =>
      invited.addEventHandler(resolve, new Raw({ types: [Api.UpdateChannel] })),
    );
    await invite(client, username, user.username!);
    expect(String((await told).channelId)).toBe(target.id);
  });
});

describe('inviting somebody known from a message alone', () => {
  async function commented() {
    const scene = await stage();
    const { world } = fixture.telegram;
    const author = addUser(world, { firstName: 'Min' });
    const talk = addChat(world, {
      kind: 'supergroup',
      title: 'Talk',
      username: `talk_${next++}`,
      members: [author.id],
    });
    const message = sendMessage(world, { from: { user: author.id }, to: { chat: talk.id }, text: 'Hello' });
    const history = await scene.client.invoke(
      new Api.messages.GetHistory({ peer: inputChannel(scene.admin, talk), limit: 10 }),
    );
    if (!(history instanceof Api.messages.ChannelMessages)) throw new Error(history.className);
    const shown = history.users.find((user) => String(user.id) === author.id);
    if (!(shown instanceof Api.User)) throw new Error('the author was not shown');
    const fromMessage = (fields: Partial<{ msgId: number; userId: bigInt.BigInteger }> = {}) =>
      new Api.InputUserFromMessage({
        peer: inputChannel(scene.admin, talk),
        msgId: message.id,
        userId: shown.id,
        ...fields,
      });
    return { ...scene, author, talk, shown, fromMessage };
  }

  test('works from the message, not by the hash a min user comes with', async () => {
    const { client, target, username, author, shown, fromMessage } = await commented();
    expect(shown).toMatchObject({ min: true, firstName: 'Min' });
    const byHash = new Api.InputUser({ userId: shown.id, accessHash: shown.accessHash! });
    expect(await refusal(invite(client, username, byHash))).toBe('USER_ID_INVALID');
    await invite(client, username, fromMessage());
    expect(target.members.has(author.id)).toBe(true);
  });

  test('fails for a message that is not theirs or not there, and when the chat is closed', async () => {
    const { admin, client, username, talk, fromMessage } = await commented();
    expect(await refusal(invite(client, username, fromMessage({ msgId: 999 })))).toBe('MSG_ID_INVALID');
    expect(await refusal(invite(client, username, fromMessage({ userId: bigInt(admin.id) })))).toBe(
      'USER_ID_INVALID',
    );
    talk.kicked.add(admin.id);
    expect(await refusal(invite(client, username, fromMessage()))).toBe('CHANNEL_PRIVATE');
  });

  test('those who were met come in full', async () => {
    const { client, admin, author, talk, fromMessage } = await commented();
    await client.invoke(new Api.users.GetUsers({ id: [fromMessage()] }));
    const history = await client.invoke(
      new Api.messages.GetHistory({ peer: inputChannel(admin, talk), limit: 10 }),
    );
    expect(history).toMatchObject({ users: [{ min: false }] });
    expect(fixture.telegram.world.hasMet(admin.id, author.id)).toBe(true);
  });
});

test('a basic group takes people one by one, each once', async () => {
  const { admin, client, target } = await stage('group');
  const ann = person();
  const add = () =>
    client.invoke(
      new Api.messages.AddChatUser({ chatId: bigInt(target.id), userId: ann.username, fwdLimit: 0 }),
    );
  expect((await add()).missingInvitees).toEqual([]);
  expect(lastInvite(admin)).toMatchObject({
    method: 'messages.addChatUser',
    chat: target.id,
    users: [ann.id],
    added: [ann.id],
  });
  expect(await refusal(add())).toBe('USER_ALREADY_PARTICIPANT');
  const full = await client.invoke(new Api.messages.GetFullChat({ chatId: bigInt(target.id) }));
  expect(full.fullChat).toMatchObject({ participants: { participants: expect.arrayContaining([]) } });
  expect(full.users).toHaveLength(2);
});

describe('invite links', () => {
  const hashOf = (invite: Api.TypeExportedChatInvite) =>
    invite instanceof Api.ChatInviteExported ? invite.link.replace('https://t.me/+', '') : '';

  test('lead in, and the admin sees who came by which', async () => {
    const { admin, client, target } = await stage();
    const peer = inputChannel(admin, target);
    const made = await client.invoke(
      new Api.messages.ExportChatInvite({ peer, title: 'spring', usageLimit: 5 }),
    );
    expect(made).toMatchObject({ title: 'spring', usageLimit: 5, usage: 0 });
    const { user, client: guest } = await fixture.newAccount();
    const check = () => guest.invoke(new Api.messages.CheckChatInvite({ hash: hashOf(made) }));
    expect(await check()).toMatchObject({ className: 'ChatInvite', title: 'Target', megagroup: true });
    await guest.invoke(new Api.messages.ImportChatInvite({ hash: hashOf(made) }));
    expect(await check()).toMatchObject({ className: 'ChatInviteAlready' });
    const importers = await client.invoke(
      new Api.messages.GetChatInviteImporters({
        peer,
        link: `https://t.me/+${hashOf(made)}`,
        offsetDate: 0,
        offsetUser: new Api.InputUserEmpty(),
        limit: 10,
      }),
    );
    expect(importers.importers.map(({ userId }) => String(userId))).toEqual([user.id]);
  });

  test('that want approval wait for the admin', async () => {
    const { admin, client, target } = await stage();
    const peer = inputChannel(admin, target);
    const made = await client.invoke(new Api.messages.ExportChatInvite({ peer, requestNeeded: true }));
    const { user, client: guest } = await fixture.newAccount();
    const join = guest.invoke(new Api.messages.ImportChatInvite({ hash: hashOf(made) }));
    expect(await refusal(join)).toBe('INVITE_REQUEST_SENT');
    const requests = await client.invoke(
      new Api.messages.GetChatInviteImporters({
        peer,
        requested: true,
        offsetDate: 0,
        offsetUser: new Api.InputUserEmpty(),
        limit: 10,
      }),
    );
    expect(requests).toMatchObject({ count: 1, importers: [{ requested: true }] });
    const [applicant] = requests.users;
    await client.invoke(
      new Api.messages.HideChatJoinRequest({ peer, userId: applicant!.id, approved: true }),
    );
    expect(target.members.has(user.id)).toBe(true);
  });

  test('lead nowhere when unknown', async () => {
    const { client } = await fixture.newAccount();
    const check = client.invoke(new Api.messages.CheckChatInvite({ hash: 'nonsense' }));
    expect(await refusal(check)).toBe('INVITE_HASH_EXPIRED');
  });
});

test('joining and leaving a public group', async () => {
  const { target, username } = await stage();
  const { user, client } = await fixture.newAccount();
  await client.invoke(new Api.channels.JoinChannel({ channel: username }));
  expect(target.members.has(user.id)).toBe(true);
  await client.invoke(new Api.channels.LeaveChannel({ channel: username }));
  expect(target.left.has(user.id)).toBe(true);
});
