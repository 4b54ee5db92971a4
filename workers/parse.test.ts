import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { type Stage, setStage } from './testing/stage.ts';

const MEMBERS = 900;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ scale: 3600 });
  await stage.connect({ firstName: 'Reader' });
  await stage.startWorker();
});
afterAll(async () => {
  expect([...stage.telegram.unknownMethods]).toEqual([]);
  await stage.close();
});

async function parse(reference: string, source: 'members' | 'commenters'): Promise<string> {
  const { communityId } = await requestCommunity(stage.context(), { reference });
  const order = { communityId, source, speed: 'medium', priority: 'normal' } as const;
  return (await createParseTask(stage.context(), order)).taskId;
}

const newUsers = (count: number) =>
  Array.from({ length: count }, (_, n) => addUser(stage.telegram.world, { firstName: `Person ${n}` }));

describe('parsing', () => {
  it('checks a group, reads every page of its members and keeps everybody once', async () => {
    const members = newUsers(MEMBERS).map((user) => user.id);
    addChat(stage.telegram.world, { kind: 'supergroup', title: 'Crowd', username: 'crowd_here', members });
    const taskId = await parse('@crowd_here', 'members');
    const finished = await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);
    expect(finished.people).toBe(MEMBERS);
    const last = await stage.event(
      'parse_task.progressed',
      (payload) => payload.taskId === taskId && payload.people === MEMBERS,
    );
    expect(last).toMatchObject({ seen: MEMBERS, total: MEMBERS });
  });

  it('collects the commenters of a channel, each once, over all its posts', async () => {
    const { world } = stage.telegram;
    const group = addChat(world, { kind: 'supergroup', title: 'Talk' });
    const channel = addChat(world, { kind: 'channel', title: 'News', username: 'news_here' });
    linkDiscussion(world, { channel: channel.id, group: group.id });
    const authors = newUsers(120);
    for (let n = 0; n < 130; n += 1) {
      sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text: `Post ${n}` });
    }
    const copies = [...group.postCopies.values()];
    for (const [n, author] of authors.entries()) {
      for (const copy of [copies.at(-1), copies[n % copies.length]]) {
        sendMessage(world, {
          from: { user: author.id },
          to: { chat: group.id },
          text: 'Hi',
          replyTo: copy ?? 0,
        });
      }
    }
    const taskId = await parse('@news_here', 'commenters');
    const finished = await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);
    expect(finished.people).toBe(120);
    const last = await stage.event(
      'parse_task.progressed',
      (payload) => payload.taskId === taskId && payload.seen === 240,
    );
    expect(last.total).toBe(240);
  });

  it.each([
    ['members who are hidden', '@quiet_here', 'community.members_hidden'],
    ['a community nobody knows', '@nowhere_at_all', 'community.reference_unknown'],
    ['a channel without comments', '@silent_here', 'community.no_comments'],
  ] as const)('refuses %s before it starts, with the reason', async (_what, reference, code) => {
    const { world } = stage.telegram;
    if (code === 'community.members_hidden') {
      const members = newUsers(120).map((user) => user.id);
      addChat(world, {
        kind: 'supergroup',
        title: 'Quiet',
        username: 'quiet_here',
        membersHidden: true,
        members,
      });
    }
    if (code === 'community.no_comments') {
      const channel = addChat(world, { kind: 'channel', title: 'Silent', username: 'silent_here' });
      sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text: 'Post' });
    }
    const source = code === 'community.no_comments' ? 'commenters' : 'members';
    const taskId = await parse(reference, source);
    const refused = await stage.event('parse_task.refused', (payload) => payload.taskId === taskId);
    expect(refused.code).toBe(code);
  });
});
