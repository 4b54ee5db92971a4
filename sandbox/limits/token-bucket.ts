/** Allows `capacity` at once and refills evenly; times in milliseconds of any one clock. */
export type TokenBucket = {
  /** Takes a token and returns 0, or takes none and returns the milliseconds until one is there. */
  take(nowMs: number): number;
};

export function createTokenBucket({
  capacity,
  refillMs,
}: {
  capacity: number;
  refillMs: number;
}): TokenBucket {
  let tokens = capacity;
  let countedAtMs: number | undefined;
  return {
    take(nowMs) {
      const passedMs = Math.max(0, nowMs - (countedAtMs ?? nowMs));
      tokens = Math.min(capacity, tokens + passedMs / refillMs);
      countedAtMs = nowMs;
      // A hair less than one is one: waiting exactly as long as told must be enough.
      if (tokens >= 1 - 1e-9) {
        tokens -= 1;
        return 0;
      }
      return Math.ceil((1 - tokens) * refillMs);
    },
  };
}
