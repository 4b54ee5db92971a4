import { setTimeout as wait } from 'node:timers/promises';
import { jumpClock } from '../host-clock.ts';
import { LEASE_SECONDS } from '../shape.ts';
import { crashFaults } from './crash-points.ts';
import { drawByWeight, drawWorker, type Fault, type FaultContext } from './fault.ts';
import { queueFaults } from './queue-faults.ts';

/** One after the other until it is over. */
export async function breakProcesses(context: FaultContext): Promise<void> {
  const { random, tally, options } = context;
  const faults = [
    ...processFaults,
    ...crashFaults,
    ...databaseFaults,
    ...queueFaults,
    ...(options.queue === 'redis' ? redisFaults : []),
  ];
  while (!context.isOver()) {
    const fault = drawByWeight(faults, random);
    await wait(random.int(100, 900));
    while (context.fleet.running().length < LEAST_RUNNING && !context.isOver()) await wait(INTERVAL_MS);
    if (await strike(fault, context)) tally.add(fault.kind);
  }
}

/** With fewer, nothing would be under way that could break. */
const LEAST_RUNNING = 2;
const INTERVAL_MS = 50;

const LONGEST_STRIKE_MS = 25_000;

/** A strike may itself meet the database that another one has taken away. */
async function strike(fault: Fault, context: FaultContext): Promise<boolean> {
  const ending = new AbortController();
  const late = wait(LONGEST_STRIKE_MS, false, { signal: ending.signal }).catch(() => false);
  try {
    return await Promise.race([fault.strike(context), late]);
  } catch {
    context.tally.note('strikes that failed');
    return false;
  } finally {
    ending.abort();
  }
}

const processFaults: readonly Fault[] = [
  {
    kind: 'kill',
    weight: 2,
    async strike(context) {
      const worker = drawWorker(context);
      if (worker) await context.fleet.kill(worker);
      return worker !== undefined;
    },
  },
  {
    kind: 'freeze',
    weight: 2,
    async strike(context) {
      const worker = drawWorker(context);
      if (!worker) return false;
      await context.fleet.freeze(worker);
      await wait(LEASE_SECONDS * 1000 + context.random.int(500, 2_500));
      context.fleet.thaw(worker);
      return true;
    },
  },
  {
    kind: 'restart',
    weight: 2,
    async strike(context) {
      const worker = drawWorker(context);
      if (worker) await context.fleet.restart(worker);
      return worker !== undefined;
    },
  },
  {
    kind: 'clock jump',
    weight: 1,
    async strike(context) {
      const worker = drawWorker(context);
      if (worker) jumpClock(worker.child.pid);
      return worker !== undefined;
    },
  },
];

const databaseFaults: readonly Fault[] = (['in_order', 'at_once'] as const).map((how) => ({
  kind: how === 'in_order' ? 'Postgres restart' : 'Postgres kill',
  weight: 0.5,
  async strike({ stage }) {
    await stage.database.restart(how);
    return true;
  },
}));

const redisFaults: readonly Fault[] = [
  {
    kind: 'Redis kill',
    weight: 1,
    async strike({ stage }) {
      await stage.redis?.restart();
      return true;
    },
  },
  {
    kind: 'Redis FLUSHALL',
    weight: 2,
    async strike({ stage }) {
      await stage.redis?.flush();
      return true;
    },
  },
];
