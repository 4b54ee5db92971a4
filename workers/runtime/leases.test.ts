import { afterEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../testing/deferred.ts';
import { silentLog } from '../testing/silent-log.ts';
import { createLeases, type LeaseStore, type Leases } from './leases.ts';

const TERM_SECONDS = 0.6;
const TERM_MS = TERM_SECONDS * 1000;

const open: Leases[] = [];
afterEach(async () => {
  for (const leases of open.splice(0)) await leases.stop();
});

function hold(store: Partial<LeaseStore>) {
  const lost = deferred<{ accountId: string; afterMs: number }>();
  const heldAt = performance.now();
  const leases = createLeases(
    { renew: async () => [], release: async () => {}, ...store },
    {
      termSeconds: TERM_SECONDS,
      log: silentLog,
      onLost: (accountId) => lost.resolve({ accountId, afterMs: performance.now() - heldAt }),
    },
  );
  open.push(leases);
  leases.hold('a', 7, heldAt);
  return { leases, lost: lost.promise };
}

describe('the leases of a node', () => {
  it('fence themselves off by 60 % of the term when the database is unreachable', async () => {
    const { leases, lost } = hold({ renew: () => Promise.reject(new Error('down')) });
    expect(leases.tokenOf('a')).toBe(7);
    const { accountId, afterMs } = await lost;
    expect(accountId).toBe('a');
    expect(afterMs).toBeLessThan(0.75 * TERM_MS);
    expect(leases.tokenOf('a')).toBeUndefined();
  });

  it('fence themselves off when the database never answers', async () => {
    const answer = deferred<[]>();
    const { lost } = hold({ renew: () => answer.promise });
    expect((await lost).afterMs).toBeLessThan(0.75 * TERM_MS);
    answer.resolve([]);
  });

  it('count from before the renewal was sent, not from its answer', async () => {
    const answers = [deferred<{ accountId: string; token: number }[]>()];
    let renewals = 0;
    const { lost } = hold({
      renew: () => {
        renewals += 1;
        if (renewals === 1) return answers[0]?.promise ?? Promise.resolve([]);
        return Promise.reject(new Error('down'));
      },
    });
    setTimeout(() => answers[0]?.resolve([{ accountId: 'a', token: 7 }]), TERM_MS / 4);
    expect((await lost).afterMs).toBeLessThan(TERM_MS);
  });

  it('give no token once they are stale, before any timer of a thawed process has run', () => {
    const { leases } = hold({});
    leases.hold('b', 3, performance.now() - TERM_MS);
    expect(leases.tokenOf('b')).toBeUndefined();
  });

  it('stay while they are renewed', async () => {
    const renewals = deferred();
    let count = 0;
    const { leases } = hold({
      renew: async () => {
        count += 1;
        if (count === 6) renewals.resolve();
        return [{ accountId: 'a', token: 7 }];
      },
    });
    await renewals.promise;
    expect(leases.tokenOf('a')).toBe(7);
  });

  it('end at once when another node has taken the account', async () => {
    const { leases, lost } = hold({ renew: async () => [] });
    expect((await lost).accountId).toBe('a');
    expect(leases.held()).toEqual([]);
  });

  it('stay when a renewal, sent after their grant was asked for, was answered without them', async () => {
    const sent = deferred();
    const answer = deferred<{ accountId: string; token: number }[]>();
    const renewedAgain = deferred();
    let renewals = 0;
    const { leases } = hold({
      renew: async () => {
        renewals += 1;
        if (renewals > 1) {
          renewedAgain.resolve();
          return [
            { accountId: 'a', token: 7 },
            { accountId: 'b', token: 1 },
          ];
        }
        sent.resolve();
        return answer.promise;
      },
    });
    await sent.promise;
    leases.hold('b', 1, performance.now() - TERM_MS / 20);
    answer.resolve([{ accountId: 'a', token: 7 }]);
    await renewedAgain.promise;
    expect(leases.tokenOf('b')).toBe(1);
  });

  it('are not held by a grant of a token that was given back meanwhile', async () => {
    const { leases } = hold({ renew: async () => [{ accountId: 'a', token: 7 }] });
    await leases.release('a');
    leases.hold('a', 7, performance.now());
    expect(leases.tokenOf('a')).toBeUndefined();
    leases.hold('a', 8, performance.now());
    expect(leases.tokenOf('a')).toBe(8);
  });

  it('are released with the token they were granted with', async () => {
    const release = vi.fn(async () => {});
    const { leases } = hold({ release, renew: async () => [{ accountId: 'a', token: 7 }] });
    await leases.release('a');
    expect(release).toHaveBeenCalledExactlyOnceWith('a', 7);
    expect(leases.tokenOf('a')).toBeUndefined();
  });

  it('are not made younger by being granted again with the same token', async () => {
    const { leases, lost } = hold({ renew: () => Promise.reject(new Error('down')) });
    leases.hold('a', 7, performance.now() + 10 * TERM_MS);
    expect((await lost).afterMs).toBeLessThan(TERM_MS);
  });
});
