/** The newest moments of many histories, each bounded: what a rolling window can still ask for, in one typed array. */
export type Rings = {
  /** The `back`-th newest moment of a history, 1 being the last; -Infinity when there are fewer. At most `depth` back. */
  at(history: number, back: number): number;
  push(history: number, atMs: number): void;
  clear(history: number): void;
};

export function createRings(histories: number, depth: number): Rings {
  const moments = new Float64Array(histories * depth);
  const counts = new Int32Array(histories);
  return {
    at(history, back) {
      const count = counts[history] ?? 0;
      if (back > count) return Number.NEGATIVE_INFINITY;
      return moments[history * depth + ((count - back) % depth)] ?? Number.NEGATIVE_INFINITY;
    },
    push(history, atMs) {
      const count = counts[history] ?? 0;
      moments[history * depth + (count % depth)] = atMs;
      counts[history] = count + 1;
    },
    clear(history) {
      counts[history] = 0;
    },
  };
}
