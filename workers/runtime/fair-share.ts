import { setFree } from './idle-sweep.ts';
import type { Lanes } from './lanes.ts';
import type { Leases } from './leases.ts';
import type { Sessions } from './sessions.ts';

export type FairShare = {
  /** How many accounts that nobody holds a look for work may take now, and when to ask again if that is none. */
  room(): { accounts: number; againMs?: number };
  /** The fleet was counted: so many accounts are this node's share. What it holds above that it gives back, longest unused first. */
  set(share: number): void;
};

/** So long a node that has its share lets others take what is due before it. */
const COURTESY_MS = 1_000;

/**
 * Keeps the accounts spread over the nodes, so that the loss of one stops few of them. A courtesy and no rule: what
 * nobody else takes in a second, a node takes however much it holds.
 */
export function createFairShare(
  { leases, lanes, sessions }: { leases: Leases; lanes: Lanes; sessions: Sessions },
  share: number,
): FairShare {
  let own = share;
  let tookBeyondAt = performance.now();

  function giveBack(): void {
    const held = leases.held();
    const usedAt = (accountId: string) => sessions.lastUsedAt(accountId) ?? 0;
    const surplus = held
      .sort((a, b) => usedAt(a.accountId) - usedAt(b.accountId))
      .slice(0, Math.max(0, held.length - own));
    // In the lane, so that no job is cut off.
    for (const { accountId } of surplus)
      void lanes.run(accountId, () => setFree({ leases, sessions }, accountId));
  }

  return {
    room() {
      const left = own - leases.held().length;
      if (left > 0) return { accounts: left };
      const waitedMs = performance.now() - tookBeyondAt;
      if (waitedMs < COURTESY_MS) return { accounts: 0, againMs: Math.ceil(COURTESY_MS - waitedMs) };
      tookBeyondAt = performance.now();
      return { accounts: Number.MAX_SAFE_INTEGER, againMs: COURTESY_MS };
    },
    set(newShare) {
      own = newShare;
      giveBack();
    },
  };
}
