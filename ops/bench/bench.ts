/** One comparison: the same work done by us and by the least that can do it, in turn in one run. */
export type Bench = {
  unit: string;
  /** The least ratio of ours to the reference. */
  goal: number;
  /** Amounts a second. */
  ours(): Promise<number>;
  reference(): Promise<number>;
  /** Remarks for the end, such as memory. */
  remarks(): string[];
  close(): Promise<void>;
};

/** One piece of work that has to be done within a time, whatever anybody else would need. */
export type TimedBench = Omit<Bench, 'reference' | 'goal'> & {
  unit: 'ms';
  /** The most milliseconds that `ours`, which answers milliseconds, may take. */
  goal: number;
  reference?: never;
};

export type BenchResult = {
  name: string;
  ours: number;
  unit: string;
  goal: number;
  pass: boolean;
  /** Only of a comparison. */
  reference?: number;
  ratio?: number;
};

const ROUNDS = 5;

/** Five rounds of each in turn after one of each to warm up, so that a slow moment of the machine meets both; medians. */
export async function measure(name: string, bench: Bench | TimedBench): Promise<BenchResult> {
  const { unit, goal } = bench;
  if (!isComparison(bench)) {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) times.push(await bench.ours());
    const time = median(times.slice(1));
    return { name, ours: Math.round(time), unit, goal, pass: time <= goal };
  }
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rates = { reference: await bench.reference(), ours: await bench.ours() };
    if (round === 0) continue;
    ours.push(rates.ours);
    reference.push(rates.reference);
  }
  const ratio = median(ours) / median(reference);
  return {
    name,
    ours: Math.round(median(ours)),
    reference: Math.round(median(reference)),
    unit,
    ratio: Math.round(ratio * 100) / 100,
    goal,
    pass: ratio >= goal,
  };
}

const isComparison = (bench: Bench | TimedBench): bench is Bench => bench.reference !== undefined;

/** The middle value, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}
