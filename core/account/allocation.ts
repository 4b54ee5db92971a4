import { DAY_MS } from '../duration.ts';

/** One account that could read a community, with what speaks for and against it. */
export type AllocationCandidate = {
  accountId: string;
  /** False while it rests: then it is chosen only when no other works. */
  isActive: boolean;
  /** It knows how to address the community. */
  reaches: boolean;
  /** Parse tasks it has in hand. */
  openTasks: number;
  /** Its invites of the last day, as a share of all that its limits allow. */
  usedShare: number;
  /** Spam warnings in the last thirty days. */
  peerFloods: number;
  /** Since it was last chosen or used; null when it never was. */
  idleMs: number | null;
};

/** What each reason weighs in a score; together 1. */
const weights = { reach: 0.4, free: 0.2, unburdened: 0.2, clean: 0.1, rested: 0.1 } as const;

/** 0 to 1: an account that reaches the place, has capacity to spare, few errors behind it and has rested scores high. */
export function scoreOf(candidate: AllocationCandidate): number {
  const { reaches, usedShare, openTasks, peerFloods, idleMs } = candidate;
  return (
    weights.reach * (reaches ? 1 : 0) +
    weights.free * (1 - Math.min(1, usedShare)) +
    weights.unburdened / (1 + openTasks) +
    weights.clean / (1 + peerFloods) +
    weights.rested * Math.min(1, (idleMs ?? DAY_MS) / DAY_MS)
  );
}

/** The best account: one at work before one that rests, then by score, then the longest unused. */
export function chooseAccount(candidates: readonly AllocationCandidate[]): AllocationCandidate | undefined {
  const [best] = candidates.toSorted(
    (a, b) =>
      Number(b.isActive) - Number(a.isActive) ||
      scoreOf(b) - scoreOf(a) ||
      (b.idleMs ?? Number.MAX_VALUE) - (a.idleMs ?? Number.MAX_VALUE) ||
      (a.accountId < b.accountId ? -1 : 1),
  );
  return best;
}
