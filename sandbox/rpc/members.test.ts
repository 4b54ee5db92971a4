import bigInt from 'big-integer';
import { Api, type TelegramClient } from 'telegram';
import { beforeAll, describe, expect, test } from 'vitest';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import { kickUser } from '#sandbox/world/commands/kick-user.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import type { Chat } from '#sandbox/world/types.ts';
import { refusal, setUpTelegram } from './testing/fixture.ts';

const fixture = setUpTelegram();
let crowd: Chat;
let nextName = 1;

beforeAll(() => {
  const { world } = fixture.telegram;
  const members = Array.from({ length: 10_300 }, (_, index) =>
    addUser(world, { firstName: `Person${index}`, ...(index === 7 ? { bot: { token: '7:a' } } : {}) }),
  );
  crowd = addChat(world, {
    kind: 'supergroup',
    title: 'Crowd',
    username: 'crowd_of_many',
    members: members.map((user) => user.id),
    admins: [{ user: members[3]!.id, rights: { banUsers: true } }],
  });
});

type Filter = Api.TypeChannelParticipantsFilter;

async function page(
  client: TelegramClient,
  channel: string | Api.TypeEntityLike,
  offset = 0,
  limit = 200,
  filter: Filter = new Api.ChannelParticipantsRecent(),
) {
  const answer = await client.invoke(
    new Api.channels.GetParticipants({ channel, filter, offset, limit, hash: bigInt.zero }),
  );
  if (!(answer instanceof Api.channels.ChannelParticipants)) throw new Error(answer.className);
  return answer;
}

const ids = ({ users }: { users: Api.TypeUser[] }) => users.map((user) => String(user.id));

describe('the members of a group', () => {
  test('come two hundred a page, in order, with the full count', async () => {
    const { client } = await fixture.newAccount();
    const first = await page(client, 'crowd_of_many', 0, 1000);
    const second = await page(client, 'crowd_of_many', 200);
    expect(first).toMatchObject({ count: 10_300 });
    expect([...ids(first), ...ids(second)]).toEqual(crowd.memberIds.slice(0, 400));
    expect(first.participants).toHaveLength(200);
  });

  test('end at ten thousand, however many there are', async () => {
    const { client } = await fixture.newAccount();
    expect(ids(await page(client, 'crowd_of_many', 9_900))).toEqual(crowd.memberIds.slice(9_900, 10_000));
    expect(ids(await page(client, 'crowd_of_many', 10_000))).toEqual([]);
  });

  test('are found by the beginning of their names, admins and bots apart', async () => {
    const { client } = await fixture.newAccount();
    const by = (filter: Filter) => page(client, 'crowd_of_many', 0, 200, filter);
    const found = await by(new Api.ChannelParticipantsSearch({ q: 'person103' }));
    const expected = crowd.memberIds.filter((_, index) => `Person${index}`.startsWith('Person103'));
    expect(ids(found)).toEqual(expected);
    expect(
      (await by(new Api.ChannelParticipantsAdmins())).participants.map(({ className }) => className),
    ).toEqual(['ChannelParticipantAdmin']);
    expect(ids(await by(new Api.ChannelParticipantsBots()))).toEqual([crowd.memberIds[7]]);
    expect(await refusal(by(new Api.ChannelParticipantsKicked({ q: '' })))).toBe('CHAT_ADMIN_REQUIRED');
  });

  test('hidden ones are for admins, and the full chat says so', async () => {
    const { user: admin, client: atAdmin } = await fixture.newAccount();
    const { client } = await fixture.newAccount();
    addChat(fixture.telegram.world, {
      kind: 'supergroup',
      title: 'Closed',
      username: 'closed_to_all',
      membersHidden: true,
      admins: [{ user: admin.id, rights: { inviteUsers: true } }],
    });
    const full = (at: TelegramClient) =>
      at.invoke(new Api.channels.GetFullChannel({ channel: 'closed_to_all' }));
    expect(await full(client)).toMatchObject({
      fullChat: { canViewParticipants: false, participantsHidden: true, participantsCount: 1 },
    });
    expect(await refusal(page(client, 'closed_to_all'))).toBe('CHAT_ADMIN_REQUIRED');
    expect(await full(atAdmin)).toMatchObject({ fullChat: { canViewParticipants: true } });
    expect(ids(await page(atAdmin, 'closed_to_all'))).toEqual([admin.id]);
  });

  test('of a channel are for its admins, and no more than two hundred', async () => {
    const { user: admin, client: atAdmin } = await fixture.newAccount();
    const { client } = await fixture.newAccount();
    addChat(fixture.telegram.world, {
      kind: 'channel',
      title: 'News',
      username: 'news_for_many',
      admins: [{ user: admin.id, rights: { postMessages: true } }],
      members: crowd.memberIds.slice(0, 300),
    });
    expect(await refusal(page(client, 'news_for_many'))).toBe('CHAT_ADMIN_REQUIRED');
    expect((await page(atAdmin, 'news_for_many')).participants).toHaveLength(200);
    expect((await page(atAdmin, 'news_for_many', 200)).participants).toEqual([]);
  });
});

describe('one user in a group', () => {
  test('is a creator, an admin, a member, gone, thrown out or nobody there', async () => {
    const { world } = fixture.telegram;
    const { user: creator, client } = await fixture.newAccount();
    const add = (firstName: string) => addUser(world, { firstName, username: `${firstName}_of_standing` }).id;
    const [admin, member, gone, kicked, stranger] = ['admin', 'member', 'gone', 'kicked', 'stranger'].map(
      add,
    );
    const group = addChat(world, {
      kind: 'supergroup',
      title: 'Standing',
      username: 'all_standings',
      creator: creator.id,
      admins: [{ user: admin!, rights: { inviteUsers: true } }],
      members: [member!, gone!, kicked!],
    });
    leaveChat(world, { chat: group.id, user: gone! });
    kickUser(world, { chat: group.id, user: kicked!, by: creator.id });
    const standing = (participant: string) =>
      client.invoke(new Api.channels.GetParticipant({ channel: 'all_standings', participant }));
    const kinds = [];
    for (const name of [
      'me',
      'admin_of_standing',
      'member_of_standing',
      'gone_of_standing',
      'kicked_of_standing',
    ])
      kinds.push((await standing(name)).participant.className);
    expect(kinds).toEqual([
      'ChannelParticipantCreator',
      'ChannelParticipantAdmin',
      'ChannelParticipant',
      'ChannelParticipantLeft',
      'ChannelParticipantBanned',
    ]);
    expect(await refusal(standing('stranger_of_standing'))).toBe('USER_NOT_PARTICIPANT');
    expect(stranger).toBeDefined();
  });
});

describe('what is shown of a person', () => {
  const hourMs = 3_600_000;
  test.each([
    [{ lastSeen: { kind: 'recently' } }, { status: { className: 'UserStatusRecently' } }],
    [{ lastSeen: { kind: 'lastWeek' } }, { status: { className: 'UserStatusLastWeek' } }],
    [{ lastSeen: { kind: 'lastMonth' } }, { status: { className: 'UserStatusLastMonth' } }],
    [{ lastSeen: { kind: 'longAgo' } }, { status: { className: 'UserStatusEmpty' } }],
    [
      { lastSeen: { kind: 'offline', at: new Date(hourMs) } },
      { status: { className: 'UserStatusOffline', wasOnline: 3600 } },
    ],
    [{ lastSeen: { kind: 'online', until: new Date(2e12) } }, { status: { className: 'UserStatusOnline' } }],
    [
      { lastSeen: { kind: 'online', until: new Date(hourMs) } },
      { status: { className: 'UserStatusOffline', wasOnline: 3600 } },
    ],
    [
      { premium: true, photo: true },
      { premium: true, photo: { className: 'UserProfilePhoto' } },
    ],
    [
      { scam: true, fake: true },
      { scam: true, fake: true },
    ],
    [{ phone: '447700900777' }, { phone: null, self: false }],
  ] satisfies [Partial<NewUser>, object][])('%o shows as %o', async (fields, shown) => {
    const { client } = await fixture.newAccount();
    const username = `shown_${nextName++}`;
    addUser(fixture.telegram.world, { firstName: 'Ann', username, ...fields });
    const { users } = await client.invoke(new Api.contacts.ResolveUsername({ username }));
    expect(users).toMatchObject([{ firstName: 'Ann', username, ...shown }]);
  });

  test('a deleted account has neither name nor status', async () => {
    const { client } = await fixture.newAccount();
    const { world } = fixture.telegram;
    const gone = addUser(world, { firstName: 'Ann', deleted: true });
    addChat(world, { kind: 'supergroup', title: 'Small', username: 'small_group', members: [gone.id] });
    const { users } = await page(client, 'small_group');
    expect(users).toMatchObject([{ deleted: true, firstName: null, status: null }]);
  });

  test('a fleeting username is seen once and resolves no more', async () => {
    const { client } = await fixture.newAccount();
    const { world } = fixture.telegram;
    const user = addUser(world, { firstName: 'Ann', username: 'soon_gone', usernameGoesOnceSeen: true });
    addChat(world, { kind: 'supergroup', title: 'Fleeting', username: 'fleeting_group', members: [user.id] });
    expect((await page(client, 'fleeting_group')).users).toMatchObject([{ username: 'soon_gone' }]);
    const resolve = client.invoke(new Api.contacts.ResolveUsername({ username: 'soon_gone' }));
    expect(await refusal(resolve)).toBe('USERNAME_NOT_OCCUPIED');
  });
});

describe('an access hash', () => {
  test('of another account opens neither a user nor a chat', async () => {
    const { client: first } = await fixture.newAccount();
    const { client: second } = await fixture.newAccount();
    const { users, chats } = await page(first, 'crowd_of_many', 0, 1).then(async ({ users }) => ({
      users,
      chats: (await first.invoke(new Api.contacts.ResolveUsername({ username: 'crowd_of_many' }))).chats,
    }));
    const [user, chat] = [users[0], chats[0]];
    if (!(user instanceof Api.User) || !(chat instanceof Api.Channel)) throw new Error('nothing shown');
    const inputUser = new Api.InputUser({ userId: user.id, accessHash: user.accessHash! });
    const channel = new Api.InputChannel({ channelId: chat.id, accessHash: chat.accessHash! });
    const read = (client: TelegramClient) => client.invoke(new Api.users.GetUsers({ id: [inputUser] }));
    const list = (client: TelegramClient) => client.invoke(new Api.channels.GetChannels({ id: [channel] }));
    expect(await read(first)).toMatchObject([{ firstName: 'Person3' }]);
    expect(await refusal(read(second))).toBe('USER_ID_INVALID');
    expect(await list(first)).toMatchObject({ chats: [{ title: 'Crowd' }] });
    expect(await refusal(list(second))).toBe('CHANNEL_INVALID');
  });
});

describe('finding', () => {
  test('by words gives public chats and people, by an unknown or impossible name nothing', async () => {
    const { client } = await fixture.newAccount();
    const search = (q: string) => client.invoke(new Api.contacts.Search({ q, limit: 10 }));
    expect(await search('crowd')).toMatchObject({ chats: [{ title: 'Crowd' }] });
    expect(await refusal(search('cr'))).toBe('QUERY_TOO_SHORT');
    const resolve = (username: string) =>
      refusal(client.invoke(new Api.contacts.ResolveUsername({ username })));
    expect(await resolve('nobody_has_this')).toBe('USERNAME_NOT_OCCUPIED');
    expect(await resolve('no way')).toBe('USERNAME_INVALID');
  });

  test('by phone gives its owner', async () => {
    const { client } = await fixture.newAccount();
    addUser(fixture.telegram.world, { firstName: 'Phoned', phone: '447700900888' });
    const resolve = (phone: string) => client.invoke(new Api.contacts.ResolvePhone({ phone }));
    expect(await resolve('447700900888')).toMatchObject({ users: [{ firstName: 'Phoned' }] });
    expect(await refusal(resolve('447700900889'))).toBe('PHONE_NOT_OCCUPIED');
    addUser(fixture.telegram.world, { firstName: 'Shy', phone: '447700900890', isHiddenByPhone: true });
    expect(await refusal(resolve('447700900890'))).toBe('PHONE_NOT_OCCUPIED');
  });

  test('a private chat one is not in, or was thrown out of, is closed', async () => {
    const { world } = fixture.telegram;
    const { user, client } = await fixture.newAccount();
    const owner = addUser(world, { firstName: 'Owner' }).id;
    const group = addChat(world, {
      kind: 'supergroup',
      title: 'Private',
      creator: owner,
      members: [user.id],
    });
    const channel = new Api.InputChannel({
      channelId: bigInt(group.id),
      accessHash: bigInt(world.accessHash(user.id, `chat:${group.id}`)),
    });
    const look = () => client.invoke(new Api.channels.GetFullChannel({ channel }));
    expect(await look()).toMatchObject({ chats: [{ title: 'Private' }] });
    kickUser(world, { chat: group.id, user: user.id, by: owner });
    await expect(look()).rejects.toMatchObject({ code: 406, errorMessage: 'CHANNEL_PRIVATE' });
  });
});
