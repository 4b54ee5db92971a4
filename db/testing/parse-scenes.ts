import { cancelParseTask } from '../commands/cancel-parse-task.ts';
import { createParseTask } from '../commands/create-parse-task.ts';
import { failParsePage } from '../commands/fail-parse-page.ts';
import { finishParseTask } from '../commands/finish-parse-task.ts';
import { pauseParseTask } from '../commands/pause-parse-task.ts';
import { removeParseTask } from '../commands/remove-parse-task.ts';
import { restartParseTask } from '../commands/restart-parse-task.ts';
import { resumeParseTask } from '../commands/resume-parse-task.ts';
import { startParseTask } from '../commands/start-parse-task.ts';
import { storeParsePage } from '../commands/store-parse-page.ts';
import { createCommunity, membersPage, parsePeople, seenPerson } from './factories.ts';
import type { Scene, Stage } from './work-scenes.ts';

const prepareTask = async ({ home, held }: Stage) => {
  const communityId = await createCommunity(home, [held]);
  const how = { source: 'members', speed: 'medium', priority: 'normal', accountId: held.accountId } as const;
  return () => createParseTask(home.owner, { communityId, ...how });
};
const orderTask = async (stage: Stage) => {
  const { taskId } = await (await prepareTask(stage))();
  return { taskId, accountId: stage.held.accountId, leaseToken: stage.held.leaseToken };
};
const runTask = async (stage: Stage) => {
  const task = await orderTask(stage);
  await startParseTask(stage.home.worker, task);
  return task;
};
const endTask = ({ home, held }: Stage) => parsePeople(home, held, [seenPerson()]);

/** A scene for every command of parse tasks, by its file. */
export const parseScenes: Record<string, Scene> = {
  'create-parse-task': prepareTask,
  'start-parse-task': async (stage) => {
    const task = await orderTask(stage);
    return () => startParseTask(stage.home.worker, task);
  },
  'store-parse-page': async (stage) => {
    const task = await runTask(stage);
    return () => storeParsePage(stage.home.worker, { ...task, ...membersPage(stage.home, [seenPerson()]) });
  },
  'fail-parse-page': async (stage) => {
    const task = await runTask(stage);
    const failure = { kind: 'timeout', error: 'timeout' } as const;
    return () => failParsePage(stage.home.worker, { ...task, failure });
  },
  'finish-parse-task': async (stage) => {
    const task = await runTask(stage);
    return () => finishParseTask(stage.home.worker, task);
  },
  'pause-parse-task': async (stage) => {
    const task = await runTask(stage);
    return () => pauseParseTask(stage.home.owner, task);
  },
  'resume-parse-task': async (stage) => {
    const task = await runTask(stage);
    await pauseParseTask(stage.home.owner, task);
    return () => resumeParseTask(stage.home.owner, task);
  },
  'cancel-parse-task': async (stage) => {
    const task = await runTask(stage);
    return () => cancelParseTask(stage.home.owner, task);
  },
  'restart-parse-task': async (stage) => {
    const task = await endTask(stage);
    return () => restartParseTask(stage.home.owner, task);
  },
  'remove-parse-task': async (stage) => {
    const task = await endTask(stage);
    return () => removeParseTask(stage.home.owner, task);
  },
};
