import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { type Stage, setStage } from './testing/stage.ts';
import { spawnWorker } from './testing/worker-process.ts';

const MEMBERS = 2400;
const PAGE_MS = 120;
const LEASE_SECONDS = 4;
/** Starting a process compiles the product; taking an account over waits out its lease. */
const PATIENCE = { timeout: 90_000 };

let stage: Stage;
const ends: (() => void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await stage.close();
});

/** A group whose pages take their time, and a task to read it. */
async function beginParse(): Promise<{ taskId: string; sessionOf: () => string }> {
  stage = await setStage({ scale: 10_000 });
  const { userId } = await stage.connect({ firstName: 'Reader' });
  const { world, faults } = stage.telegram;
  const members = Array.from({ length: MEMBERS }, (_, n) => addUser(world, { firstName: `M${n}` }).id);
  addChat(world, { kind: 'supergroup', title: 'Crowd', username: 'crowd_here', members });
  faults.add({ match: { method: 'channels.getParticipants' }, action: { kind: 'delay', ms: PAGE_MS } });
  const { communityId } = await requestCommunity(stage.context(), { reference: '@crowd_here' });
  const { taskId } = await createParseTask(stage.context(), {
    communityId,
    source: 'members',
    speed: 'fast',
    priority: 'normal',
  });
  const sessionOf = () => rpcLines().find((line) => line.account === userId && isPage(line))?.session ?? '';
  return { taskId, sessionOf };
}

async function startProcess() {
  const child = await spawnWorker(stage, LEASE_SECONDS);
  ends.push(() => child.kill('SIGKILL'));
  return child;
}

const rpcLines = (): RpcLine[] => stage.telegram.ledger.entries().filter((line) => line.kind === 'rpc');
const isPage = (line: RpcLine) => line.method === 'channels.getParticipants';
const pageSeen = (taskId: string, people: number) =>
  stage.event('parse_task.progressed', (payload) => payload.taskId === taskId && payload.people >= people);

/** The most connections that one session had at once, by Telegram's own record. */
function mostParallel(session: string): number {
  const lines = stage.telegram.ledger
    .entries()
    .filter((line): line is ConnectionLine => line.kind === 'connection');
  let open = 0;
  let most = 0;
  for (const line of lines.filter((one) => one.session === session)) {
    open += line.event === 'open' ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
}

describe('a worker that dies in the middle of a parse', PATIENCE, () => {
  it('is replaced after its lease, which repeats at most one page and keeps everybody once', async () => {
    const { taskId, sessionOf } = await beginParse();
    const first = await startProcess();
    await pageSeen(taskId, 600);
    first.kill('SIGKILL');
    await stage.startWorker({ leaseSeconds: LEASE_SECONDS });
    const finished = await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);

    expect(finished.people).toBe(MEMBERS);
    const pages = rpcLines().filter(isPage).length;
    expect(pages).toBeLessThanOrEqual(MEMBERS / 200 + 2);
    expect(mostParallel(sessionOf())).toBe(1);
  });

  it('that is only frozen loses its connection before its lease, and calls nothing when it wakes', async () => {
    const { taskId, sessionOf } = await beginParse();
    const frozen = await startProcess();
    await pageSeen(taskId, 600);
    frozen.kill('SIGSTOP');
    const { nodeId } = await stage.startWorker({ leaseSeconds: LEASE_SECONDS });
    await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);
    const before = rpcLines().length;
    frozen.kill('SIGCONT');
    // It is awake again when it has reported itself, which it does at a third of a lease's term.
    await vi.waitFor(async () => {
      const awake = await stage.db.owner.execute(
        sql`select 1 from node where run_id <> ${nodeId} and seen_at > clock_timestamp() - interval '1 second'`,
      );
      expect(awake).toHaveLength(1);
    }, PATIENCE);

    expect(mostParallel(sessionOf())).toBe(1);
    expect(rpcLines().slice(before).filter(isPage)).toEqual([]);
  });
});

describe('a worker that stops', () => {
  it('hands its accounts over at once, in the middle of a parse', async () => {
    const { taskId, sessionOf } = await beginParse();
    const first = await stage.startWorker({ leaseSeconds: 60 });
    await pageSeen(taskId, 600);
    await first.stop();
    const held = await stage.db.owner.execute(sql`select 1 from lease where node_id is not null`);
    expect(held).toHaveLength(0);
    await stage.startWorker({ leaseSeconds: 60 });
    const finished = await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);

    expect(finished.people).toBe(MEMBERS);
    expect(rpcLines().filter(isPage)).toHaveLength(MEMBERS / 200);
    expect(mostParallel(sessionOf())).toBe(1);
  });
});
