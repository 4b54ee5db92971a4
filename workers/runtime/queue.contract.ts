import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { Job } from '#core/jobs.ts';
import { deferred } from '../testing/deferred.ts';
import { silentLog } from '../testing/silent-log.ts';
import { openQueue, type QueueConfig, type WakeQueue, type Wish } from './queue.ts';

const wishOf = (accountId: string): Wish => ({
  job: { name: 'send-invite', payload: { workspaceId: 'w', accountId } },
});

/** What every backend of the queue must do. */
export function queueContract(backend: () => Pick<QueueConfig, 'databaseUrl' | 'redisUrl'>): void {
  const queues: WakeQueue[] = [];
  afterEach(async () => {
    for (const queue of queues.splice(0)) {
      await queue.stop();
      await queue.close();
    }
  });
  const open = async (onJob: (job: Job) => Promise<void>, concurrency = 4, name = `test-${randomUUID()}`) => {
    const queue = await openQueue({ ...backend(), name, concurrency }, onJob, silentLog);
    queues.push(queue);
    return queue;
  };

  it('hands every job woken to its processor with its payload', async () => {
    const seen: string[] = [];
    const all = deferred<void>();
    const queue = await open(async (job) => {
      if (job.name === 'send-invite') seen.push(job.payload.accountId);
      if (seen.length === 20) all.resolve();
    });
    await queue.wake(Array.from({ length: 20 }, (_, n) => wishOf(`a${n}`)));
    await all.promise;
    expect(seen.toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => `a${n}`).toSorted());
  });

  it('runs as many at once as it is allowed', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const gate = deferred<void>();
    const all = deferred<void>();
    const queue = await open(async () => {
      running += 1;
      most = Math.max(most, running);
      if (running === 3) gate.resolve();
      await gate.promise;
      running -= 1;
      done += 1;
      if (done === 9) all.resolve();
    }, 3);
    await queue.wake(Array.from({ length: 9 }, (_, n) => wishOf(`a${n}`)));
    await all.promise;
    expect(most).toBe(3);
  });

  it('runs what yields when nothing else waits, else in the order of waking', async () => {
    const order: string[] = [];
    const gate = deferred<void>();
    const all = deferred<void>();
    const queue = await open(async (job) => {
      if (job.name === 'send-invite') order.push(job.payload.accountId);
      if (order.length === 5) all.resolve();
      await gate.promise;
    }, 1);
    await queue.wake([wishOf('running')]);
    await queue.wake(['b', 'c'].map((id) => ({ ...wishOf(id), yields: true })));
    await queue.wake(['d', 'e'].map(wishOf));
    gate.resolve();
    await all.promise;
    expect(order).toEqual(['running', 'd', 'e', 'b', 'c']);
  });

  it('starts a job within a moment of its being woken', async () => {
    const started: number[] = [];
    let next = deferred<void>();
    const queue = await open(async () => {
      started.push(performance.now());
      next.resolve();
    });
    const delays: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      next = deferred<void>();
      const wokenAt = performance.now();
      await queue.wake([wishOf('a')]);
      await next.promise;
      delays.push((started.at(-1) ?? 0) - wokenAt);
    }
    expect(delays.toSorted((a, b) => a - b)[5]).toBeLessThan(250);
  });

  it('goes on after a job that threw', async () => {
    const second = deferred<void>();
    let runs = 0;
    const queue = await open(async () => {
      runs += 1;
      if (runs === 1) throw new Error('poison');
      second.resolve();
    });
    await queue.wake([wishOf('a')]);
    await queue.wake([wishOf('b')]);
    await second.promise;
    expect(runs).toBe(2);
  });

  it('waits for jobs under way when it stops, and starts none after', async () => {
    const started = deferred<void>();
    const release = deferred<void>();
    let finished = 0;
    const queue = await open(async () => {
      started.resolve();
      await release.promise;
      finished += 1;
    }, 1);
    await queue.wake([wishOf('a'), wishOf('b')]);
    await started.promise;
    const stopped = queue.stop();
    release.resolve();
    await stopped;
    expect(finished).toBe(1);
  });

  it('keeps the queues of two nodes apart', async () => {
    const mine: string[] = [];
    const theirs = deferred<string>();
    await open(async () => void mine.push('wrong'));
    const other = await open(async (job) => theirs.resolve(job.name));
    await other.wake([wishOf('a')]);
    expect(await theirs.promise).toBe('send-invite');
    expect(mine).toEqual([]);
  });
}
