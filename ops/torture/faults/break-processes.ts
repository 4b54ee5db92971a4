import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '#sandbox/world/random.ts';
import type { Fleet } from '../fleet.ts';
import { LEASE_SECONDS } from '../shape.ts';
import type { Stage } from '../stage.ts';
import type { Tally } from '../tally.ts';

export type FaultContext = {
  stage: Stage;
  fleet: Fleet;
  tally: Tally;
  random: Random;
  isOver: () => boolean;
};

type ProcessFault = { kind: string; strike(context: FaultContext): Promise<void> };

/** One after the other until it is over; each draws what it needs from the seed. */
export async function breakProcesses(context: FaultContext): Promise<void> {
  const { random, tally } = context;
  while (!context.isOver()) {
    const fault = random.pick(FAULTS);
    await wait(random.int(200, 1_200));
    await fault.strike(context);
    tally.add(fault.kind);
  }
}

const FAULTS: readonly ProcessFault[] = [
  { kind: 'kill', strike: killOne },
  { kind: 'freeze', strike: freezeOne },
  { kind: 'restart', strike: restartOne },
];

const anyWorker = ({ fleet, random }: FaultContext) => random.pick(fleet.running());

async function killOne(context: FaultContext): Promise<void> {
  await context.fleet.kill(anyWorker(context));
}

async function freezeOne(context: FaultContext): Promise<void> {
  const worker = anyWorker(context);
  context.fleet.freeze(worker);
  await wait(LEASE_SECONDS * 1000 + context.random.int(500, 3_000));
  context.fleet.thaw(worker);
}

async function restartOne(context: FaultContext): Promise<void> {
  await context.fleet.restart(anyWorker(context));
}
