import { createHash } from 'node:crypto';
import type { ChatId, UserId } from './types.ts';

/** What an access hash opens; `min` is the one of a min user, good for nothing but its photo. */
export type TargetKey = `user:${UserId}` | `chat:${ChatId}` | `min:${UserId}`;

export type AccessHash = (viewer: UserId, target: TargetKey) => bigint;

/**
 * Access hashes belong to the account that was given them: another account's number opens nothing
 * (core.telegram.org/api/peers). Keyed by the world's seed, so a run can be repeated. They need to differ, not to
 * withstand an attacker, and a page of members takes 200 of them: mixing is ten times faster than an HMAC.
 */
export function createAccessHash(seed: string): AccessHash {
  const keys = new Map<UserId, [number, number]>();
  const keyOf = (viewer: UserId): [number, number] => {
    const known = keys.get(viewer);
    if (known) return known;
    const digest = createHash('sha256').update(`access-hash:${seed}:${viewer}`).digest();
    const key: [number, number] = [digest.readInt32LE(0), digest.readInt32LE(4)];
    keys.set(viewer, key);
    return key;
  };
  const words = new Int32Array(2);
  const number = new BigInt64Array(words.buffer);
  return (viewer, target) => {
    const [low, high] = keyOf(viewer);
    words[0] = mix(target, low);
    words[1] = mix(target, high);
    return number[0] ?? 0n;
  };
}

/** MurmurHash3's steps over the text, 16 bits at a time. */
function mix(text: string, key: number): number {
  let hash = key;
  for (let index = 0; index < text.length; index++) {
    const word = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    hash ^= Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
