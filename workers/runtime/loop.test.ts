import { expect, it } from 'vitest';
import { deferred } from '../testing/deferred.ts';
import { startLoop } from './loop.ts';

const HOUR_MS = 3_600_000;
const onError = () => {};

it('runs when nudged, and once more for all nudges during a run', async () => {
  let runs = 0;
  const gate = deferred();
  const third = deferred();
  const loop = startLoop(
    async () => {
      runs += 1;
      if (runs === 2) await gate.promise;
      if (runs === 3) third.resolve();
      return HOUR_MS;
    },
    { onError },
  );
  await Promise.resolve();
  loop.nudge();
  await Promise.resolve();
  for (let n = 0; n < 10; n += 1) loop.nudge();
  gate.resolve();
  await third.promise;
  await loop.stop();
  expect(runs).toBe(3);
});

it('goes on after a failed run', async () => {
  let runs = 0;
  const second = deferred();
  const failures: unknown[] = [];
  const loop = startLoop(
    async () => {
      runs += 1;
      if (runs === 1) throw new Error('down');
      second.resolve();
      return HOUR_MS;
    },
    { onError: (thrown) => failures.push(thrown), retryMs: 1 },
  );
  await second.promise;
  await loop.stop();
  expect(failures).toHaveLength(1);
});

it('rests between two runs, but not when it is stopped', async () => {
  let runs = 0;
  const loop = startLoop(
    async () => {
      runs += 1;
      return 0;
    },
    { onError, restMs: HOUR_MS },
  );
  await Promise.resolve();
  await loop.stop();
  expect(runs).toBe(1);
});
