import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LETTERS } from '#core/parsing/letters.ts';
import type { ParseWish } from '#core/parsing/wish.ts';
import type { ParseSource } from '#core/statuses.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { pauseParseTask } from '#db/commands/pause-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { resumeParseTask } from '#db/commands/resume-parse-task.ts';
import { getParseEstimate } from '#db/queries/get-parse-estimate.ts';
import { getParseTask } from '#db/queries/list-parse-tasks.ts';
import { peerRef, person, sighting } from '#db/schema/index.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { kickUser } from '#sandbox/world/commands/kick-user.ts';
import { react } from '#sandbox/world/commands/react.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
let reader: { accountId: string; userId: string };
beforeAll(async () => {
  stage = await setStage({ scale: 3600 });
  reader = await stage.connect({ firstName: 'Reader' });
  await stage.startWorker();
});
afterAll(async () => {
  expect([...stage.telegram.unknownMethods]).toEqual([]);
  await stage.close();
});

async function parse(reference: string, source: ParseSource, wish: ParseWish = {}): Promise<string> {
  const { communityId } = await requestCommunity(stage.context(), { reference });
  const order = { communityId, source, wish, speed: 'fast', priority: 'normal' } as const;
  return (await createParseTask(stage.context(), order)).taskId;
}
const finished = (taskId: string) =>
  stage.event('parse_task.finished', (payload) => payload.taskId === taskId);
const found = (taskId: string) =>
  stage.db.owner
    .select({
      telegramId: person.telegramId,
      messages: sighting.messageCount,
      ref: peerRef.kind,
    })
    .from(sighting)
    .innerJoin(person, eq(person.id, sighting.personId))
    .leftJoin(peerRef, eq(peerRef.personId, person.id))
    .where(eq(sighting.parseTaskId, taskId))
    .orderBy(sighting.ordinal);
const newUsers = (count: number, nameOf = (n: number) => `Person ${n}`) =>
  Array.from({ length: count }, (_, n) => addUser(stage.telegram.world, { firstName: nameOf(n) }).id);

describe('parsing a group', () => {
  it('finds the authors of its messages with how often they wrote, and no channel, anonymous admin or source', async () => {
    const { world } = stage.telegram;
    const [often, once, first, bystander] = newUsers(4) as [string, string, string, string];
    const group = addChat(world, {
      kind: 'supergroup',
      title: 'Talkers',
      username: 'talkers_here',
      membersHidden: true,
      members: [often, once, bystander],
    });
    const write = (message: Partial<Parameters<typeof sendMessage>[1]>) =>
      sendMessage(world, { from: { user: often }, to: { chat: group.id }, text: 'Tea', ...message });
    for (let n = 0; n < 249; n += 1) write(n === 9 ? { media: { kind: 'photo', fileId: 'f' } } : {});
    write({ from: { user: once }, forwardFrom: first });
    write({ from: { chat: group.id } });

    const taskId = await parse('@talkers_here', 'messages');
    expect(await finished(taskId)).toMatchObject({ people: 2, because: null });
    expect(await found(taskId)).toEqual([
      { telegramId: once, messages: 1, ref: 'from_message' },
      { telegramId: often, messages: 249, ref: 'from_message' },
    ]);
    const task = await getParseTask({ db: stage.db.app, workspaceId: stage.workspaceId }, { taskId });
    expect(task).toMatchObject({ seen: 251, total: 251, media: 1, impersonal: 1 });

    const frequent = await parse('@talkers_here', 'messages', { minMessages: 2, keyword: 'tea' });
    expect(await finished(frequent)).toMatchObject({ people: 1 });
    const nobody = await parse('@talkers_here', 'messages', { keyword: 'coffee' });
    expect(await finished(nobody)).toMatchObject({ people: 0, because: 'parse_task.no_match' });
  });

  it('finds the people who reacted, each once over all messages', async () => {
    const { world } = stage.telegram;
    const fans = newUsers(150);
    const group = addChat(world, { kind: 'supergroup', title: 'Fans', username: 'fans_here', members: fans });
    for (let n = 0; n < 3; n += 1) {
      const from = { user: fans[n] ?? '' };
      const { id } = sendMessage(world, { from, to: { chat: group.id }, text: 'Hi' });
      if (n === 2) continue;
      for (const user of n === 0 ? fans : fans.slice(0, 20))
        react(world, { chat: group.id, messageId: id, user, emoji: '🔥' });
    }
    const taskId = await parse('@fans_here', 'reactions');
    expect(await finished(taskId)).toMatchObject({ people: 150 });
    const task = await getParseTask({ db: stage.db.app, workspaceId: stage.workspaceId }, { taskId });
    expect(task).toMatchObject({ seen: 170, total: 170 });
  });

  it('finds members beyond the ten thousand of one list by the letters of their names, each once', async () => {
    const nameOf = (n: number) => `${LETTERS[n % LETTERS.length]}${n}`;
    const members = newUsers(10_400, nameOf);
    addChat(stage.telegram.world, { kind: 'supergroup', title: 'City', username: 'city_here', members });
    const taskId = await parse('@city_here', 'members', { searchesLetters: true });
    expect(await finished(taskId)).toMatchObject({ people: 10_400 });
    const ctx = { db: stage.db.app, workspaceId: stage.workspaceId };
    const task = await getParseTask(ctx, { taskId });
    expect(task).toMatchObject({ seen: 10_400, total: 10_400, status: 'done' });
    const order = { communityId: task.communityId, source: 'members', wish: {} } as const;
    expect(await getParseEstimate(ctx, order)).toMatchObject({ requests: 50, seconds: { safe: 147 } });
  }, 60_000);

  it('stops at a pause, goes on from there, and passes to another account when the first is thrown out', async () => {
    const { faults, world } = stage.telegram;
    const members = newUsers(3_000);
    const group = addChat(world, {
      kind: 'supergroup',
      title: 'Club',
      username: 'club_here',
      creator: members[0] ?? '',
      members: [...members, reader.userId],
    });
    const slow = faults.add({
      match: { method: 'channels.getParticipants' },
      action: { kind: 'delay', ms: 60 },
    });
    const taskId = await parse('@club_here', 'members');
    const reaches = (people: number) =>
      stage.event('parse_task.progressed', (told) => told.taskId === taskId && told.people >= people);
    await reaches(400);
    await pauseParseTask(stage.context(), { taskId });
    const ctx = { db: stage.db.app, workspaceId: stage.workspaceId };
    const { people } = await getParseTask(ctx, { taskId });
    expect(people).toBeLessThan(3_000);
    await resumeParseTask(stage.context(), { taskId });
    await reaches(people + 400);

    const helper = await stage.connect({ firstName: 'Helper' });
    kickUser(world, { chat: group.id, user: reader.userId, by: members[0] ?? '' });
    const moved = await stage.event('parse_task.moved', (told) => told.taskId === taskId);
    expect(moved).toMatchObject({ accountId: helper.accountId, error: 'CHANNEL_PRIVATE' });
    expect(await finished(taskId)).toMatchObject({ people: 3_000 });
    faults.remove(slow);
  }, 60_000);
});
