import { DAY_MS, later, latest, SECOND_MS } from '../duration.ts';
import type { LimitPolicy } from './policy.ts';

/** True when a PEER_FLOOD `at` comes not long after another: then a person has to resume the account. */
export function isRepeatedPeerFlood(policy: LimitPolicy, peerFloods: readonly Date[], at: Date): boolean {
  const remembersFrom = later(at, -policy.peerFloodMemorySeconds * SECOND_MS);
  return peerFloods.some((earlier) => earlier < at && earlier >= remembersFrom);
}

/** When the block of an account ends that got PEER_FLOOD `at`; longer when it is a repeated one. */
export function peerFloodBlockEnd(policy: LimitPolicy, peerFloods: readonly Date[], at: Date): Date {
  const isRepeated = isRepeatedPeerFlood(policy, peerFloods, at);
  const seconds = isRepeated ? policy.peerFloodRepeatBlockSeconds : policy.peerFloodBlockSeconds;
  return later(at, seconds * SECOND_MS);
}

/**
 * The end of the first day after the last block, on which half limits hold; the day begins when a person has resumed the
 * account, where that was needed. Undefined without a PEER_FLOOD.
 */
export function probationEnd(
  policy: LimitPolicy,
  peerFloods: readonly Date[],
  resumedAt: Date | null = null,
): Date | undefined {
  const last = peerFloods.toSorted((a, b) => b.getTime() - a.getTime())[0];
  if (!last) return undefined;
  const blockEnd = peerFloodBlockEnd(policy, peerFloods, last);
  return later(resumedAt ? latest(blockEnd, resumedAt) : blockEnd, DAY_MS);
}
