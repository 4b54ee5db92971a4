import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deferred } from '../testing/deferred.ts';
import { createFairShare } from './fair-share.ts';
import { createLanes } from './lanes.ts';
import type { Leases } from './leases.ts';
import type { Sessions } from './sessions.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** A node that holds accounts `a`, `b`, … used in this order, `b` longer ago than `c`. */
function setUp(held: readonly string[], share: number) {
  const holding = new Set(held);
  const lanes = createLanes();
  const leases: Pick<Leases, 'held' | 'release'> = {
    held: () => [...holding].map((accountId) => ({ accountId, heldAt: 0 })),
    release: async (accountId) => void holding.delete(accountId),
  };
  const sessions: Pick<Sessions, 'lastUsedAt' | 'close'> = {
    lastUsedAt: (accountId) => held.indexOf(accountId),
    close: async () => {},
  };
  const room = { leases: leases as Leases, lanes, sessions: sessions as Sessions };
  return { fair: createFairShare(room, share), holding, lanes };
}

it('a node takes accounts up to its share', () => {
  expect(setUp(['a'], 3).fair.room()).toEqual({ accounts: 2 });
});

it('a node that has its share lets others go first for a second, and then takes whatever nobody wanted', () => {
  const { fair } = setUp(['a', 'b'], 2);
  expect(fair.room()).toEqual({ accounts: 0, againMs: 1000 });
  vi.advanceTimersByTime(1000);
  expect(fair.room().accounts).toBeGreaterThan(1000);
  expect(fair.room().accounts).toBe(0);
});

it('a node whose share shrinks gives the longest unused back, and those at work when they are done', async () => {
  const { fair, holding, lanes } = setUp(['a', 'b', 'c'], 3);
  const done = deferred();
  const working = lanes.run('b', () => done.promise);
  fair.set(1);
  await lanes.run('a', async () => {});
  expect([...holding]).toEqual(['b', 'c']);
  done.resolve();
  await working;
  await lanes.run('b', async () => {});
  expect([...holding]).toEqual(['c']);
});
