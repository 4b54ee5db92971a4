import { DAY_MS, later, SECOND_MS } from '../duration.ts';
import type { LimitPolicy } from './policy.ts';

/** When the block of an account ends that got PEER_FLOOD `at`; longer when it got one not long before. */
export function peerFloodBlockEnd(policy: LimitPolicy, peerFloods: readonly Date[], at: Date): Date {
  const remembersFrom = later(at, -policy.peerFloodMemorySeconds * SECOND_MS);
  const isRepeated = peerFloods.some((earlier) => earlier < at && earlier >= remembersFrom);
  const seconds = isRepeated ? policy.peerFloodRepeatBlockSeconds : policy.peerFloodBlockSeconds;
  return later(at, seconds * SECOND_MS);
}

/** The end of the first day after the last block, on which half limits hold. Undefined without a PEER_FLOOD. */
export function probationEnd(policy: LimitPolicy, peerFloods: readonly Date[]): Date | undefined {
  const last = peerFloods.toSorted((a, b) => b.getTime() - a.getTime())[0];
  return last && later(peerFloodBlockEnd(policy, peerFloods, last), DAY_MS);
}
