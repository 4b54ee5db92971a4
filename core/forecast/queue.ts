/** Who acts next: the smallest moment first, of equals the smallest index. Adding and taking cost the logarithm of its size. */
export type Queue = {
  add(atMs: number, index: number): void;
  first(): { atMs: number; index: number } | undefined;
  take(): { atMs: number; index: number } | undefined;
};

type Entry = { atMs: number; index: number };

const isBefore = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.index < b.index);

export function createQueue(): Queue {
  const heap: Entry[] = [];
  const rise = (entry: Entry, from: number) => {
    let hole = from;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isBefore(entry, parent)) break;
      heap[hole] = parent;
      hole = above;
    }
    heap[hole] = entry;
  };
  const sink = (entry: Entry) => {
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (!one) break;
      const smaller = other && isBefore(other, one) ? other : one;
      if (!isBefore(smaller, entry)) break;
      heap[hole] = smaller;
      hole = smaller === one ? left : left + 1;
    }
    heap[hole] = entry;
  };
  return {
    add: (atMs, index) => rise({ atMs, index }, heap.length),
    first: () => heap[0],
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (last && heap.length > 0) sink(last);
      return first;
    },
  };
}
