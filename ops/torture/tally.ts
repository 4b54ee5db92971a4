/** Counts the faults that happened, by kind, and what else is worth telling. */
export type Tally = {
  add(kind: string, count?: number): void;
  /** Something that happened and is no fault of the torture's. */
  note(what: string): void;
  total(): number;
  byKind(): Record<string, number>;
  remarks(): Record<string, number>;
};

export function createTally(): Tally {
  const faults = new Map<string, number>();
  const remarks = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string, more: number) => {
    if (more > 0) counts.set(key, (counts.get(key) ?? 0) + more);
  };
  return {
    add: (kind, more = 1) => count(faults, kind, more),
    note: (what) => count(remarks, what, 1),
    total: () => [...faults.values()].reduce((sum, one) => sum + one, 0),
    byKind: () => inOrder(faults),
    remarks: () => inOrder(remarks),
  };
}

const inOrder = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
