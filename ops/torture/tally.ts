/** Counts the faults that happened, by kind. */
export type Tally = {
  add(kind: string, count?: number): void;
  total(): number;
  byKind(): Record<string, number>;
};

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add: (kind, count = 1) => void (count > 0 && counts.set(kind, (counts.get(kind) ?? 0) + count)),
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    byKind: () => Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
