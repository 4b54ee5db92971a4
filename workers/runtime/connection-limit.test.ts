import { expect, it } from 'vitest';
import type { UserSession } from '#core/telegram/user-session.ts';
import { deferred } from '../testing/deferred.ts';
import { createConnectionLimit } from './connection-limit.ts';
import { createLanes } from './lanes.ts';
import type { Leases } from './leases.ts';
import { createSessions } from './sessions.ts';

/** Sessions behind a limit, and how many of them were ever open at once. */
function setUp(max: number) {
  const open = new Set<string>();
  const released: string[] = [];
  let most = 0;
  const lanes = createLanes();
  const leases: Pick<Leases, 'release'> = { release: async (id) => void released.push(id) };
  const sessions = createSessions(
    async ({ accountId }) => {
      await limit(accountId);
      open.add(accountId);
      most = Math.max(most, open.size);
      const close = async () => void open.delete(accountId);
      return { ok: true, value: { close } as UserSession };
    },
    () => {},
  );
  const limit = createConnectionLimit({ leases: leases as Leases, lanes, sessions }, max);
  const use = (accountId: string, during: () => Promise<unknown> = async () => {}) =>
    lanes.run(accountId, async () => {
      await sessions.use({ workspaceId: 'w', accountId });
      await during();
    });
  return { use, released, open, mostOpen: () => most };
}

it('closes the longest unused connection when another one is needed, and sets its account free', async () => {
  const { use, released, open } = setUp(2);
  await use('a');
  await use('b');
  await use('a');
  await use('c');
  expect(released).toEqual(['b']);
  expect([...open].sort()).toEqual(['a', 'c']);
});

it('never holds more than its limit, however many accounts want to work at once', async () => {
  const { use, mostOpen, released } = setUp(3);
  const names = Array.from({ length: 40 }, (_, n) => `account ${n}`);
  for (let round = 0; round < 3; round += 1) {
    for (let from = 0; from < names.length; from += 2) {
      await Promise.all(names.slice(from, from + 2).map((name) => use(name)));
    }
  }
  expect(mostOpen()).toBe(3);
  expect(released).toHaveLength(3 * 40 - 3);
});

it('leaves an account alone that is at work', async () => {
  const { use, released } = setUp(1);
  const gate = deferred();
  const working = use('a', () => gate.promise);
  await use('b');
  expect(released).toEqual([]);
  gate.resolve();
  await working;
  await use('c');
  expect(released).toContain('a');
});
