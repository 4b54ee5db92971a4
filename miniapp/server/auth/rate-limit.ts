export type RateLimit = {
  /** Takes one turn for the key; undefined when it is free, else the milliseconds until the next one is. */
  take(key: string, nowMs: number): number | undefined;
};

/** Ends the memory from growing with every address that ever came by. */
const SWEEP_ABOVE = 10_000;

/** At most `limit` turns a key in any rolling `windowMs`, in this process's memory. Refused turns do not count. */
export const createRateLimit = ({ limit, windowMs }: { limit: number; windowMs: number }): RateLimit => {
  const turns = new Map<string, number[]>();
  const recent = (times: number[], nowMs: number) => times.filter((time) => time > nowMs - windowMs);
  return {
    take(key, nowMs) {
      const taken = recent(turns.get(key) ?? [], nowMs);
      const oldest = taken[taken.length - limit];
      if (oldest !== undefined) return oldest + windowMs - nowMs;
      if (turns.size > SWEEP_ABOVE) {
        for (const [other, times] of turns) if (recent(times, nowMs).length === 0) turns.delete(other);
      }
      turns.set(key, [...taken, nowMs]);
      return undefined;
    },
  };
};
