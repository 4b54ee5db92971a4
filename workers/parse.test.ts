import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ scale: 3600 });
  await stage.connect({ firstName: 'Reader' });
  const members = Array.from(
    { length: 900 },
    (_, n) => addUser(stage.telegram.world, { firstName: `M${n}` }).id,
  );
  addChat(stage.telegram.world, { kind: 'supergroup', title: 'Crowd', username: 'crowd_here', members });
});
afterAll(() => stage.close());

describe('parsing the members of a group', () => {
  it('checks the community, reads every page and keeps everybody once', async () => {
    await stage.startWorker();
    const { communityId } = await requestCommunity(stage.context(), { reference: '@crowd_here' });
    const { taskId } = await createParseTask(stage.context(), {
      communityId,
      source: 'members',
      speed: 'medium',
      priority: 'normal',
    });
    const finished = await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);
    expect(finished.people).toBe(900);
  });
});
