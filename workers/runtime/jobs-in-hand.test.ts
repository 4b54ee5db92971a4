import { afterEach, expect, it, vi } from 'vitest';
import type { Job } from '#core/jobs.ts';
import { createJobsInHand } from './jobs-in-hand.ts';

const job: Job = { name: 'send-invite', payload: { workspaceId: 'w', accountId: 'a' } };
const other: Job = { name: 'reconcile-attempts', payload: { workspaceId: 'w', accountId: 'a' } };

afterEach(() => {
  vi.useRealTimers();
});

it('takes and starts the same job once, and another of the same account beside it', () => {
  const inHand = createJobsInHand({ lostAfterMs: 60_000 });
  expect([inHand.take(job), inHand.take(job), inHand.take(other)]).toEqual([true, false, true]);
  expect([inHand.start(job), inHand.start(job)]).toEqual([true, false]);
  expect(inHand.busy).toBe(2);
  inHand.end(job);
  expect(inHand.take(job)).toBe(true);
});

it('does not start a job that it never took', () => {
  expect(createJobsInHand({ lostAfterMs: 60_000 }).start(job)).toBe(false);
});

it('takes a job again that the queue has lost, but not one that runs', () => {
  const inHand = createJobsInHand({ lostAfterMs: -1 });
  inHand.take(job);
  expect(inHand.take(job)).toBe(true);
  inHand.start(job);
  expect(inHand.take(job)).toBe(false);
});

it('lets a failed job rest twice as long each time, up to a minute, and forgets that when it went well', () => {
  const inHand = createJobsInHand({ lostAfterMs: 60_000 });
  const rests = Array.from({ length: 9 }, () => {
    inHand.take(job);
    inHand.start(job);
    const ms = inHand.rest(job);
    expect(inHand.take(job)).toBe(false);
    expect(inHand.busy).toBe(0);
    inHand.endRest(job);
    return ms;
  });
  expect(rests.slice(0, 3)).toEqual([500, 1000, 2000]);
  expect(rests.at(-1)).toBe(60_000);
  inHand.take(job);
  inHand.end(job);
  inHand.take(job);
  expect(inHand.rest(job)).toBe(500);
});

it('forgets the failures of a job that has not come back for long', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const inHand = createJobsInHand({ lostAfterMs: 60_000 });
  const fail = (failed: Job) => {
    inHand.take(failed);
    inHand.start(failed);
    const ms = inHand.rest(failed);
    inHand.endRest(failed);
    return ms;
  };
  expect([fail(job), fail(job)]).toEqual([500, 1000]);
  vi.advanceTimersByTime(120_000);
  fail(other);
  expect(fail(job)).toBe(500);
});
