import type { Random } from '#sandbox/world/random.ts';
import type { Fleet, Worker } from '../fleet.ts';
import type { TortureOptions } from '../shape.ts';
import type { Stage } from '../stage.ts';
import type { Tally } from '../tally.ts';

export type FaultContext = {
  stage: Stage;
  fleet: Fleet;
  tally: Tally;
  /** Draws what a fault needs; each stream of faults has its own. */
  random: Random;
  options: TortureOptions;
  isOver: () => boolean;
};

/** One way to break something. `strike` resolves with false when what it needs did not come about. */
export type Fault = { kind: string; weight: number; strike(context: FaultContext): Promise<boolean> };

/** A worker that runs, drawn; undefined while all are down. */
export function drawWorker({ fleet, random }: FaultContext): Worker | undefined {
  const running = fleet.running();
  return running.length > 0 ? random.pick(running) : undefined;
}

/** One of them, each as likely as its weight says. */
export function drawByWeight<T extends { weight: number }>(items: readonly T[], random: Random): T {
  let roll = random.next() * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    roll -= item.weight;
    if (roll < 0) return item;
  }
  return random.pick(items);
}
