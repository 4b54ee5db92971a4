import bigInt from 'big-integer';
import { Api, type TelegramClient } from 'telegram';
import { EditedMessage } from 'telegram/events/EditedMessage.js';
import { NewMessage } from 'telegram/events/index.js';
import { describe, expect, test } from 'vitest';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { editMessage } from '#sandbox/world/commands/change-message.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { refusal, setUpTelegram } from './testing/fixture.ts';

const fixture = setUpTelegram();
let next = 1;

function newsWithComments(posts = 2, comments = 5) {
  const { world } = fixture.telegram;
  const username = `news_${next++}`;
  const channel = addChat(world, { kind: 'channel', title: 'News', username });
  const group = addChat(world, { kind: 'supergroup', title: 'Talk' });
  linkDiscussion(world, { channel: channel.id, group: group.id });
  const authors = Array.from({ length: comments }, (_, index) =>
    addUser(world, { firstName: `Reader${index}` }),
  );
  for (let post = 1; post <= posts; post++)
    sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text: `Post ${post}` });
  const replyTo = group.postCopies.get(1) ?? 0;
  for (const author of authors)
    sendMessage(world, { from: { user: author.id }, to: { chat: group.id }, text: 'Comment', replyTo });
  sendMessage(world, { from: { chat: group.id }, to: { chat: group.id }, text: 'Anonymous', replyTo });
  return { username, channel, group };
}

const replies = async (client: TelegramClient, peer: string, msgId: number, offsetId = 0, limit = 100) => {
  const answer = await client.invoke(
    new Api.messages.GetReplies({ peer, msgId, offsetId, limit, hash: bigInt.zero }),
  );
  if (!(answer instanceof Api.messages.ChannelMessages)) throw new Error(answer.className);
  return answer;
};

describe('the comments of a channel post', () => {
  test('are read through the channel, newest first, their authors min', async () => {
    const { client } = await fixture.newAccount();
    const { username, group } = newsWithComments();
    const { count, messages, users, chats } = await replies(client, username, 1);
    expect(count).toBe(6);
    expect(messages.map((message) => message.id)).toEqual(
      group.messages
        .slice(-6)
        .map(({ id }) => id)
        .reverse(),
    );
    expect(users).toHaveLength(5);
    for (const user of users) expect(user).toMatchObject({ min: true });
    expect(chats.map((chat) => ('title' in chat ? chat.title : ''))).toEqual(
      expect.arrayContaining(['News', 'Talk']),
    );
    expect(messages[0]).toMatchObject({ message: 'Anonymous', fromId: { className: 'PeerChannel' } });
    expect(messages[1]).toMatchObject({ message: 'Comment', fromId: { className: 'PeerUser' } });
  });

  test('come in pages', async () => {
    const { client } = await fixture.newAccount();
    const { username } = newsWithComments(1, 9);
    const seen: number[] = [];
    for (let offsetId = 0; ; offsetId = seen.at(-1) ?? 0) {
      const { messages } = await replies(client, username, 1, offsetId, 4);
      if (messages.length === 0) break;
      seen.push(...messages.map((message) => message.id));
    }
    expect(seen).toHaveLength(10);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  });

  test('are counted at the post, and a post without any, or a channel without them, says so', async () => {
    const { client } = await fixture.newAccount();
    const { username, group } = newsWithComments();
    const history = await client.getMessages(username, { limit: 10 });
    expect(Array.from(history, (post) => post.replies?.replies)).toEqual([0, 6]);
    expect(history[0]?.replies).toMatchObject({ comments: true });
    expect(String(history[0]?.replies?.channelId)).toBe(group.id);
    expect((await replies(client, username, 2)).messages).toEqual([]);
    expect(await refusal(replies(client, username, 77))).toBe('MSG_ID_INVALID');

    const { world } = fixture.telegram;
    const quiet = addChat(world, { kind: 'channel', title: 'Quiet', username: `quiet_${next++}` });
    sendMessage(world, { from: { chat: quiet.id }, to: { chat: quiet.id }, text: 'Post' });
    expect((await client.getMessages(quiet.username, { limit: 1 }))[0]?.replies ?? undefined).toBeUndefined();
    expect(await refusal(replies(client, quiet.username!, 1))).toBe('MSG_ID_INVALID');
  });

  test('hang from a copy of the post in the discussion group', async () => {
    const { client } = await fixture.newAccount();
    const { username, channel } = newsWithComments();
    const answer = await client.invoke(new Api.messages.GetDiscussionMessage({ peer: username, msgId: 1 }));
    expect(answer.messages).toMatchObject([{ message: 'Post 1', fwdFrom: { channelPost: 1 } }]);
    expect(answer.chats.map((chat) => String(chat.id))).toContain(channel.id);
  });
});

describe('a history', () => {
  test('is read to its beginning in pages, and searched by words', async () => {
    const { client } = await fixture.newAccount();
    const { world } = fixture.telegram;
    const author = addUser(world, { firstName: 'Ann', username: `writer_${next++}` });
    const group = addChat(world, {
      kind: 'supergroup',
      title: 'Long',
      username: `long_${next++}`,
      members: [author.id],
    });
    for (let index = 0; index < 250; index++)
      sendMessage(world, {
        from: { user: author.id },
        to: { chat: group.id },
        text: index % 50 ? 'x' : 'rose',
      });
    const ids: number[] = [];
    for await (const message of client.iterMessages(group.username, { limit: 1000 })) ids.push(message.id);
    expect(ids).toEqual(group.messages.map(({ id }) => id).reverse());
    const found = await client.getMessages(group.username, { search: 'rose', limit: 10 });
    expect(found).toHaveLength(5);
    expect(found.total).toBe(5);
    const between = await client.getMessages(group.username, { minId: 10, maxId: 14, limit: 100 });
    expect(Array.from(between, ({ id }) => id)).toEqual([13, 12, 11]);
  });
});

describe('sending', () => {
  test('reaches the other account at once, and an edit follows', async () => {
    const { user: ann, client: atAnn } = await fixture.newAccount({ username: `ann_${next++}` });
    const { client: atBob } = await fixture.newAccount();
    const arrived = new Promise<string>((resolve) =>
      atAnn.addEventHandler((event) => resolve(event.message.message), new NewMessage({})),
    );
    const edited = new Promise<string>((resolve) =>
      atAnn.addEventHandler((event) => resolve(event.message.message), new EditedMessage({})),
    );
    const sent = await atBob.sendMessage(ann.username!, { message: 'Hello' });
    expect(await arrived).toBe('Hello');
    const { world } = fixture.telegram;
    const bobId = world.listUsers();
    const [message] = [...bobId]
      .flatMap(({ id }) => world.privateMessages(ann.id, id))
      .filter(({ id }) => id === sent.id);
    editMessage(world, message!, { text: 'Hello again' });
    expect(await edited).toBe('Hello again');
  });

  test('the same random id twice is one message, also when the first reply was lost', async () => {
    const { user: ann } = await fixture.newAccount({ username: `ann_${next++}` });
    const { user: bob, client } = await fixture.newAccount();
    const { world, faults } = fixture.telegram;
    const send = (randomId: bigInt.BigInteger) =>
      client.invoke(new Api.messages.SendMessage({ peer: ann.username!, message: 'Once', randomId }));
    await send(bigInt(41));
    await send(bigInt(41));
    expect(world.privateMessages(ann.id, bob.id)).toHaveLength(1);
    faults.add({
      match: { method: 'messages.sendMessage', account: bob.id, times: 1 },
      action: { kind: 'dropAfterEffect' },
    });
    await send(bigInt(42));
    expect(world.privateMessages(ann.id, bob.id)).toHaveLength(2);
    const tries = fixture.telegram.ledger
      .entries()
      .filter(
        (line) => line.account === bob.id && line.kind === 'rpc' && line.method === 'messages.sendMessage',
      );
    expect(tries).toHaveLength(4);
  });

  test('to a group reaches its members', async () => {
    const { user: ann, client: atAnn } = await fixture.newAccount();
    const { user: bob, client: atBob } = await fixture.newAccount();
    const username = `group_${next++}`;
    addChat(fixture.telegram.world, {
      kind: 'supergroup',
      title: 'Group',
      username,
      members: [ann.id, bob.id],
    });
    const arrived = new Promise<string>((resolve) =>
      atAnn.addEventHandler((event) => resolve(event.message.message), new NewMessage({})),
    );
    expect(await atBob.sendMessage(username, { message: 'Hello all' })).toMatchObject({
      message: 'Hello all',
    });
    expect(await arrived).toBe('Hello all');
  });
});

test('a bot is started, its button is pressed, and without a bot behind it the press runs out', async () => {
  const { world } = fixture.telegram;
  const bot = addUser(world, {
    firstName: 'Bot',
    username: `helper_${next++}_bot`,
    bot: { token: `${next}:a` },
  });
  const { user, client } = await fixture.newAccount();
  await client.invoke(
    new Api.messages.StartBot({
      bot: bot.username!,
      peer: bot.username!,
      startParam: 'hello',
      randomId: bigInt(1),
    }),
  );
  expect(world.privateMessages(user.id, bot.id)).toMatchObject([{ text: '/start hello' }]);
  const keyboard = {
    inline_keyboard: [
      [
        { text: 'Yes', callback_data: 'yes' },
        { text: 'Site', url: 'https://a.test' },
      ],
    ],
  };
  sendMessage(world, { from: { user: bot.id }, to: { user: user.id }, text: 'Sure?', keyboard });
  const [message] = await client.getMessages(bot.username, { limit: 1 });
  expect(message?.buttons?.flat().map(({ text }) => text)).toEqual(['Yes', 'Site']);
  const press = () =>
    client.invoke(
      new Api.messages.GetBotCallbackAnswer({
        peer: bot.username!,
        msgId: message!.id,
        data: Buffer.from('yes'),
      }),
    );
  expect(await refusal(press())).toBe('BOT_RESPONSE_TIMEOUT');
  world.onButton(async ({ data, user: presser }) => ({ text: `${data} ${presser}`, alert: true }));
  expect(await press()).toMatchObject({ alert: true, message: `yes ${user.id}` });
});

test('the dialogs of an account are its chats and conversations', async () => {
  const { world } = fixture.telegram;
  const friend = addUser(world, { firstName: 'Friend' });
  const { user, client } = await fixture.newAccount();
  addChat(world, { kind: 'supergroup', title: 'Mine', members: [user.id], createdAt: new Date(0) });
  addChat(world, { kind: 'group', title: 'Basic', members: [user.id], createdAt: new Date(1) });
  addChat(world, { kind: 'supergroup', title: 'Not mine' });
  sendMessage(world, { from: { user: friend.id }, to: { user: user.id }, text: 'Hi' });
  const dialogs = await client.getDialogs({ limit: 10 });
  expect(Array.from(dialogs, ({ title }) => title)).toEqual(['Friend', 'Basic', 'Mine']);
});
