import { createHash } from 'node:crypto';
import type { ChatId, UserId } from './types.ts';

/** What an access hash opens; `min` is the one of a min user, good for nothing but its photo. */
export type TargetKey = `user:${UserId}` | `chat:${ChatId}` | `min:${UserId}`;

export type AccessHash = (viewer: UserId, target: TargetKey) => bigint;

/**
 * Access hashes belong to the account that was given them: another account's number opens nothing
 * (core.telegram.org/api/peers). Keyed by the world's seed, so a run can be repeated.
 */
export function createAccessHash(seed: string): AccessHash {
  const keyed = createHash('sha256').update(`access-hash:${seed}:`);
  return (viewer, target) => keyed.copy().update(`${viewer}:${target}`).digest().readBigInt64LE(0);
}
