import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorldClock } from './clock.ts';
import { addChat } from './commands/add-chat.ts';
import { addUser } from './commands/add-user.ts';
import { blockUser } from './commands/block-user.ts';
import { deleteMessage, editMessage } from './commands/change-message.ts';
import { linkDiscussion } from './commands/link-discussion.ts';
import { sendMessage } from './commands/send-message.ts';
import { createWorld } from './create-world.ts';
import { findMessage, indexOfMessage } from './messages.ts';
import type { Message, WorldEvent } from './types.ts';

function stage() {
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  const events: WorldEvent[] = [];
  world.on((event) => events.push(event));
  const user = (firstName: string) => addUser(world, { firstName }).id;
  return { world, events, ann: user('Ann'), bob: user('Bob') };
}

test('a message is found by its id as by looking at each', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200)), fc.nat(200), (ids, wanted) => {
      const messages = ids.toSorted((a, b) => a - b).map((id) => ({ id }) as Message);
      expect(findMessage(messages, wanted)).toBe(messages.find(({ id }) => id === wanted));
      expect(indexOfMessage(messages, wanted)).toBe(messages.filter(({ id }) => id < wanted).length);
    }),
  );
});

describe('sending', () => {
  test('the same random id of the same sender is one message', () => {
    const { world, events, ann, bob } = stage();
    const send = (from: string, to: string) =>
      sendMessage(world, { from: { user: from }, to: { user: to }, text: 'Hello', randomId: '7' });
    const first = send(ann, bob);
    expect(send(ann, bob)).toBe(first);
    expect(send(bob, ann)).not.toBe(first);
    expect(world.privateMessages(ann, bob)).toHaveLength(2);
    expect(events).toHaveLength(2);
  });

  test('people who wrote to each other have met', () => {
    const { world, ann, bob } = stage();
    expect(world.hasMet(ann, bob)).toBe(false);
    sendMessage(world, { from: { user: ann }, to: { user: bob }, text: 'Hello' });
    expect(world.hasMet(ann, bob) && world.hasMet(bob, ann)).toBe(true);
  });

  test('refuses empty and endless texts, the blocked and the deleted', () => {
    const { world, ann, bob } = stage();
    const send = (text: string, to = bob) =>
      sendMessage(world, { from: { user: ann }, to: { user: to }, text });
    expect(() => send('')).toThrow('MESSAGE_EMPTY');
    expect(() => send('a'.repeat(4097))).toThrow('MESSAGE_TOO_LONG');
    expect(() => send('Hello', addUser(world, { firstName: '', deleted: true }).id)).toThrow(
      'INPUT_USER_DEACTIVATED',
    );
    blockUser(world, { user: bob, blocked: ann });
    expect(() => send('Hello')).toThrow('USER_IS_BLOCKED');
    expect(world.privateMessages(ann, bob)).toEqual([]);
  });

  test('a bot cannot begin a conversation', () => {
    const { world, ann } = stage();
    const bot = addUser(world, { firstName: 'Bot', bot: { token: '1:a' } }).id;
    const send = () => sendMessage(world, { from: { user: bot }, to: { user: ann }, text: 'Hello' });
    expect(send).toThrow('PEER_ID_INVALID');
    sendMessage(world, { from: { user: ann }, to: { user: bot }, text: '/start' });
    expect(send().text).toBe('Hello');
  });

  test('a supergroup is for members, a channel for those who may post', () => {
    const { world, ann, bob } = stage();
    const group = addChat(world, { kind: 'supergroup', title: 'Club', members: [ann] });
    const channel = addChat(world, { kind: 'channel', title: 'News', creator: ann, members: [bob] });
    const send = (from: string, chat: string) =>
      sendMessage(world, { from: { user: from }, to: { chat }, text: 'Hello' });
    expect(send(ann, group.id).id).toBe(1);
    expect(() => send(bob, group.id)).toThrow('CHAT_WRITE_FORBIDDEN');
    expect(() => send(bob, channel.id)).toThrow('CHAT_ADMIN_REQUIRED');
    expect(send(ann, channel.id).from).toEqual({ chat: channel.id });
  });
});

test('a channel post is copied to the discussion group, where strangers comment it', () => {
  const { world, ann, bob } = stage();
  const channel = addChat(world, { kind: 'channel', title: 'News', creator: ann });
  const group = addChat(world, { kind: 'supergroup', title: 'Talk', creator: ann });
  linkDiscussion(world, { channel: channel.id, group: group.id });
  const post = sendMessage(world, { from: { user: ann }, to: { chat: channel.id }, text: 'News' });
  const copyId = group.postCopies.get(post.id) ?? 0;
  expect(findMessage(group.messages, copyId)).toMatchObject({
    from: { chat: channel.id },
    forwardOf: { chat: channel.id, messageId: post.id },
  });
  const comment = (replyTo: number) =>
    sendMessage(world, { from: { user: bob }, to: { chat: group.id }, text: 'Good', replyTo });
  const first = comment(copyId);
  const answer = comment(first.id);
  expect([first.thread, answer.thread]).toEqual([copyId, copyId]);
  expect(group.threads.get(copyId)).toEqual([first, answer]);
});

describe('changing', () => {
  test('an edit that changes nothing is refused', () => {
    const { world, ann, bob } = stage();
    const message = sendMessage(world, { from: { user: ann }, to: { user: bob }, text: 'Hello' });
    expect(() => editMessage(world, message, { text: 'Hello' })).toThrow('MESSAGE_NOT_MODIFIED');
    expect(editMessage(world, message, { text: 'Bye' }).editedAt).toBeInstanceOf(Date);
  });

  test('a deleted message is gone from its chat and its thread, and its id is not used again', () => {
    const { world, events, ann } = stage();
    const group = addChat(world, { kind: 'supergroup', title: 'Club', members: [ann] });
    const send = (replyTo?: number) =>
      sendMessage(world, {
        from: { user: ann },
        to: { chat: group.id },
        text: 'Hello',
        ...(replyTo === undefined ? {} : { replyTo }),
      });
    const top = send();
    const reply = send(top.id);
    deleteMessage(world, reply);
    deleteMessage(world, reply);
    expect(group.messages).toEqual([top]);
    expect(group.threads.get(top.id)).toEqual([]);
    expect(events.filter(({ kind }) => kind === 'message_deleted')).toHaveLength(1);
    expect(send().id).toBe(reply.id + 1);
  });
});
