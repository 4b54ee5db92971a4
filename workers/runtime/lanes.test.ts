import { expect, it } from 'vitest';
import { deferred } from '../testing/deferred.ts';
import { createLanes } from './lanes.ts';

it('runs the actions of one account one after another, in order', async () => {
  const lanes = createLanes();
  const gate = deferred();
  const seen: string[] = [];
  const first = lanes.run('a', async () => {
    await gate.promise;
    seen.push('first');
  });
  const second = lanes.run('a', async () => void seen.push('second'));
  const other = lanes.run('b', async () => void seen.push('other'));
  await other;
  expect(lanes.isWanted('a')).toBe(true);
  gate.resolve();
  await Promise.all([first, second]);
  expect(seen).toEqual(['other', 'first', 'second']);
  expect(lanes.isWanted('a')).toBe(false);
});

it('goes on after an action that failed', async () => {
  const lanes = createLanes();
  await expect(lanes.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lanes.run('a', async () => 'yes')).toBe('yes');
});
