import { afterAll, beforeAll, expect, it } from 'vitest';
import { paceOf, pauseOf } from '#core/parsing/pace.ts';
import { PARSE_SPEEDS } from '#core/statuses.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { type Stage, setStage } from './testing/stage.ts';

/** A minute of business is fifteen seconds: slow enough that the machine's own time hardly counts. */
const SCALE = 4;
const PAGE = 100;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ scale: SCALE });
});
afterAll(() => stage.close());

it('asks at each speed as often as the product says, within 5 %, and never sooner than its pause', async () => {
  const { world, ledger } = stage.telegram;
  const author = addUser(world, { firstName: 'Ann' });
  const readers = new Map<string, string>();
  const tasks: string[] = [];
  for (const speed of PARSE_SPEEDS) {
    const { accountId, userId } = await stage.connect({ firstName: speed });
    readers.set(speed, userId);
    const username = `group_${speed}_here`;
    const group = addChat(world, { kind: 'supergroup', title: speed, username, members: [author.id] });
    for (let n = 0; n <= paceOf(speed).requestsPerMinute * PAGE; n += 1)
      sendMessage(world, { from: { user: author.id }, to: { chat: group.id }, text: 'Hi' });
    const { communityId } = await requestCommunity(stage.context(), { reference: `@${username}` });
    const order = { communityId, source: 'messages', speed, priority: 'normal', accountId } as const;
    tasks.push((await createParseTask(stage.context(), order)).taskId);
  }
  await stage.startWorker();
  for (const taskId of tasks)
    await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);

  const lines = ledger.entries().filter((line) => line.kind === 'rpc');
  for (const speed of PARSE_SPEEDS) {
    // The first reads the community for its check.
    const [, ...times] = lines
      .filter((line) => line.account === readers.get(speed) && line.method === 'messages.getHistory')
      .map((line) => Date.parse(line.at));
    const { requestsPerMinute } = paceOf(speed);
    const minutes = ((times[requestsPerMinute] ?? 0) - (times[0] ?? 0)) / 60_000;
    expect(1 / minutes, speed).toBeGreaterThan(0.95);
    expect(1 / minutes, speed).toBeLessThan(1.05);
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0));
    // The moment is noted where the request arrives, so two may be some milliseconds nearer than they were sent.
    expect(Math.min(...gaps), speed).toBeGreaterThan(pauseOf(speed, 'messages') * 0.75);
  }
}, 90_000);
