import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Priority } from '#core/statuses.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import type { CommandContext } from '#db/context.ts';
import { sealSession } from '#db/seal.ts';
import { floodWithTasks } from '#db/testing/parse-flood.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { sessionKey } from './testing/keys.ts';
import { findRedis, startRedis, type TestRedis } from './testing/redis.ts';
import { type Stage, setStage } from './testing/stage.ts';

const TASKS = 10_000;
/** More accounts than places, so that without turns they would keep every place. */
const PLACES = 4;
const ACCOUNTS = 8;
/** Telegram answers more slowly than a task pauses: one job could read on for its whole batch. */
const LATENCY_MS = 400;
/** Of so many first pages the one in the middle counts: any one may meet a busy moment of the machine. */
const TRIES = 3;
const MOST_DELAY_MS = 2_000;

/** One workspace's thousands of waiting tasks and another's single one, on the queue of `redisUrl` or on Postgres. */
function fairness(redisUrl: () => string | undefined) {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    stage.telegram.faults.add({
      match: { method: 'messages.getHistory' },
      action: { kind: 'delay', ms: LATENCY_MS },
    });
    const redis = redisUrl();
    await stage.startWorker({ concurrency: PLACES, ...(redis && { redisUrl: redis }) });
  });
  afterAll(() => stage.close());

  it('does not let the ten thousand tasks of one workspace delay the first page of another by 2 s', async () => {
    const other = await addWorkspace(stage);
    const communityId = await nameGroup(stage, other);
    // Reads the group for its check, too.
    await firstPageMs(stage, other, communityId);
    const alone = await usualFirstPageMs(stage, other, communityId);
    await flood(stage);
    const besides = await usualFirstPageMs(stage, other, communityId);
    expect(besides - alone).toBeLessThan(MOST_DELAY_MS);
  }, 120_000);
}

/** A second tenant with an account of its own. */
async function addWorkspace(stage: Stage): Promise<() => CommandContext> {
  const { workspaceId, operatorId } = await claimWorkspace(stage.db.owner, {
    name: 'Other',
    owner: { telegramId: '2', firstName: 'Other', language: 'en' },
    now: stage.clock.now(),
  });
  const context = (): CommandContext => ({
    db: stage.db.app,
    actor: { kind: 'operator', operatorId, role: 'owner' },
    workspaceId,
    now: stage.clock.now(),
  });
  const { profile, session } = await stage.telegram.signUp({ firstName: 'Reader' });
  await connectAccount(context(), {
    profile,
    seal: (accountId) => sealSession(sessionKey, { workspaceId, accountId }, session),
  });
  return context;
}

/** A group with one message, on one page. */
async function nameGroup(stage: Stage, context: () => CommandContext): Promise<string> {
  const { world } = stage.telegram;
  const author = addUser(world, { firstName: 'Ann' });
  const group = addChat(world, {
    ...{ kind: 'supergroup', title: 'Small', username: 'small_here' },
    members: [author.id],
  });
  sendMessage(world, { from: { user: author.id }, to: { chat: group.id }, text: 'Hi' });
  return (await requestCommunity(context(), { reference: '@small_here' })).communityId;
}

async function usualFirstPageMs(...of: Parameters<typeof firstPageMs>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TRIES; n += 1) times.push(await firstPageMs(...of));
  return times.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? Number.NaN;
}

/** Real milliseconds from the order for a group's people to the first of them in the database. */
async function firstPageMs(
  stage: Stage,
  context: () => CommandContext,
  communityId: string,
): Promise<number> {
  const orderedAt = performance.now();
  const { taskId } = await createParseTask(context(), { ...order('low'), communityId });
  await stage.until(async () => {
    const [seen] = await stage.db.owner.execute(sql`select 1 from sighting where parse_task_id = ${taskId}`);
    return seen;
  });
  const tookMs = performance.now() - orderedAt;
  await stage.until(async () => {
    const [done] = await stage.db.owner.execute(
      sql`select 1 from parse_task where id = ${taskId} and status = 'done'`,
    );
    return done;
  });
  return tookMs;
}

const order = (priority: Priority) => ({ source: 'messages', speed: 'fast', priority }) as const;

/** Ten thousand tasks wait; resolves when a long one of them is read in every place. */
async function flood(stage: Stage): Promise<void> {
  const { world } = stage.telegram;
  const author = addUser(world, { firstName: 'Bob' });
  const group = addChat(world, {
    kind: 'supergroup',
    title: 'Crowd',
    username: 'crowd_here',
    members: [author.id],
  });
  for (let n = 0; n < 10_000; n += 1)
    sendMessage(world, { from: { user: author.id }, to: { chat: group.id }, text: 'Hi' });
  const accountIds: string[] = [];
  for (let n = 0; n < ACCOUNTS; n += 1)
    accountIds.push((await stage.connect({ firstName: `Many ${n}` })).accountId);
  const { communityId } = await requestCommunity(stage.context(), { reference: '@crowd_here' });
  for (const accountId of accountIds)
    await createParseTask(stage.context(), { ...order('high'), communityId, accountId });
  const { workspaceId } = stage;
  const tasks = TASKS - ACCOUNTS;
  await floodWithTasks(stage.db, {
    workspaceId,
    accountIds,
    tasks,
    priority: 'high',
    now: stage.clock.now(),
  });
  await stage.until(async () => {
    const running = await stage.db.owner.execute(
      sql`select 1 from parse_task where workspace_id = ${workspaceId} and status = 'running'`,
    );
    return running.length >= PLACES ? true : undefined;
  });
}

describe('a worker on Postgres', () => fairness(() => undefined));

const redisPath = findRedis();

describe.skipIf(!redisPath)(
  `a worker on Redis${redisPath ? '' : ' (redis-server is not on the PATH)'}`,
  () => {
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await startRedis(redisPath ?? '');
    });
    afterAll(() => redis.stop());
    fairness(() => redis.url);
  },
);
