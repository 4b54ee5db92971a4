import { describeError, type Log } from './log.ts';
import { startLoop } from './loop.ts';

/** The rows behind the leases: an implementation talks to the database, in the database's time. */
export type LeaseStore = {
  /** Extends every lease of this node that is still its own, and lists them. */
  renew(): Promise<readonly { accountId: string; token: number }[]>;
  release(accountId: string, token: number): Promise<void>;
};

export type Leases = {
  /** Notes a lease that a statement sent at `askedAt` (monotonic milliseconds) has granted. Known ones do not change. */
  hold(accountId: string, token: number, askedAt: number): void;
  /** The token of a lease that is surely still ours; undefined once it might be another's. */
  tokenOf(accountId: string): number | undefined;
  held(): { accountId: string; heldAt: number }[];
  release(accountId: string): Promise<void>;
  /** Stops renewing. What is still held must have been released before, or runs out by itself. */
  stop(): Promise<void>;
};

/** Renewed at a third of the term; given up at 60 %, long before another node may take it. */
const RENEW_PART = 1 / 3;
const FENCE_PART = 0.6;

/** `knownAt` is when the grant's answer arrived: a renewal sent before that may not have seen it. */
type Held = { token: number; askedAt: number; knownAt: number; freshUntil: number };

/**
 * Keeps the leases of this node alive. When renewal fails for 60 % of the term, measured on the monotonic clock from
 * the moment the last successful statement was sent, `onLost` is called and must close the account's socket: this
 * node fences itself off, whatever the database or the other nodes are doing.
 */
export function createLeases(
  store: LeaseStore,
  options: { termSeconds: number; onLost: (accountId: string) => void; log: Log },
): Leases {
  const termMs = options.termSeconds * 1000;
  const leases = new Map<string, Held>();
  /** The newest token given back of each account: a grant of it that was on its way meanwhile is void. */
  const givenBack = new Map<string, number>();
  let fence: NodeJS.Timeout | undefined;

  const isFresh = (lease: Held): boolean => performance.now() < lease.freshUntil;

  function lose(accountId: string): void {
    leases.delete(accountId);
    options.log.warn({ accountId }, 'a lease was lost');
    options.onLost(accountId);
  }

  function checkFence(): void {
    fence = undefined;
    for (const [accountId, lease] of leases) if (!isFresh(lease)) lose(accountId);
    armFence();
  }

  /** Renewal only moves the fence away, so one timer for the earliest is enough. */
  function armFence(): void {
    if (fence || leases.size === 0) return;
    const earliest = Math.min(...[...leases.values()].map((lease) => lease.freshUntil));
    fence = setTimeout(checkFence, Math.max(0, earliest - performance.now()));
  }

  async function renew(): Promise<number> {
    if (leases.size > 0) {
      const askedAt = performance.now();
      const rows = await within(store.renew(), termMs * RENEW_PART);
      const still = new Map(rows.map((row) => [row.accountId, row.token]));
      for (const [accountId, lease] of leases) {
        if (still.get(accountId) === lease.token) lease.freshUntil = askedAt + termMs * FENCE_PART;
        else if (lease.knownAt < askedAt) lose(accountId);
      }
    }
    return termMs * RENEW_PART;
  }
  const renewal = startLoop(renew, {
    retryMs: termMs * RENEW_PART * RENEW_PART,
    onError: (thrown) => options.log.warn(describeError(thrown), 'leases could not be renewed'),
  });

  return {
    hold(accountId, token, askedAt) {
      if (leases.get(accountId)?.token === token) return;
      if (token <= (givenBack.get(accountId) ?? -1)) return;
      leases.set(accountId, {
        token,
        askedAt,
        knownAt: performance.now(),
        freshUntil: askedAt + termMs * FENCE_PART,
      });
      armFence();
    },
    tokenOf(accountId) {
      const lease = leases.get(accountId);
      return lease && isFresh(lease) ? lease.token : undefined;
    },
    held: () => [...leases].map(([accountId, { askedAt }]) => ({ accountId, heldAt: askedAt })),
    async release(accountId) {
      const lease = leases.get(accountId);
      if (!lease) return;
      leases.delete(accountId);
      givenBack.set(accountId, lease.token);
      await store.release(accountId, lease.token);
    },
    async stop() {
      clearTimeout(fence);
      await renewal.stop();
    },
  };
}

/** A statement that hangs must not keep the next renewal from being tried. */
async function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
