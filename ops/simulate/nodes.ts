import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#core/duration.ts';
import { createRandom } from '#sandbox/world/random.ts';
import type { Load } from './load.ts';
import type { MachineCosts } from './machine-costs.ts';
import { NODE, playNode } from './play-node.ts';

/** Sockets of one node, as `maxConnections` of a worker has it. */
const SOCKETS = 1000;
/** A core and a node's places are planned to be at work for so much of the busiest minute. */
const PLANNED_SHARE = 0.7;
const SAMPLE_EVERY_MS = 3 * HOUR_MS;
const SAMPLE_SECONDS = MINUTE_MS / SECOND_MS;
/** All nodes are equal: so many of them are played. */
const PLAYED_NODES = 2;

export type NodesNeeded = { forCores: number; forPlaces: number; forSockets: number };
export type Lateness = { p50Ms: number; p99Ms: number };
export type FleetRun = {
  /** Of all nodes, per second: over the run, and in the busiest minute. */
  looks: { average: number; busiest: number };
  lateness: Lateness;
  latenessInBusiestMinute: Lateness;
};

export function nodesNeeded(load: Load, costs: MachineCosts): NodesNeeded {
  const perSecond = dueInMinuteOf(load, busiestSecond(load)).reduce((a, b) => a + b, 0) / SAMPLE_SECONDS;
  const held = load.heldIn.reduce((a, b) => Math.max(a, b), 0);
  const cores = (perSecond * costs.turnCpuMs) / SECOND_MS;
  const places = (perSecond * costs.turnMs) / SECOND_MS / NODE.concurrency;
  return {
    forCores: Math.max(1, Math.ceil(cores / PLANNED_SHARE)),
    forPlaces: Math.max(1, Math.ceil(places / PLANNED_SHARE)),
    forSockets: Math.max(1, Math.ceil(held / SOCKETS)),
  };
}

/** Plays two of the nodes through the busiest minute and through one minute of every three hours behind the first day. */
export function playNodes(load: Load, nodes: number, costs: MachineCosts, seed: number): FleetRun {
  const seconds: number[] = [];
  const settledMs = Math.min(DAY_MS, (load.seconds * SECOND_MS) / 2);
  for (let ms = settledMs; ms < (load.seconds - SAMPLE_SECONDS) * SECOND_MS; ms += SAMPLE_EVERY_MS) {
    seconds.push(Math.floor(ms / SECOND_MS));
  }
  const random = createRandom(`nodes ${seed}`);
  const play = (second: number) =>
    Array.from({ length: Math.min(nodes, PLAYED_NODES) }, () =>
      playNode(dueInMinuteOf(load, second), nodes, costs, random),
    );
  const [busiest, usual] = [play(busiestSecond(load)), seconds.flatMap(play)];
  const looksPerSecond = (runs: typeof usual) =>
    (runs.reduce((sum, { looks }) => sum + looks, 0) / runs.length / SAMPLE_SECONDS) * nodes;
  return {
    looks: { average: looksPerSecond(usual), busiest: looksPerSecond(busiest) },
    lateness: latenessOf(usual.flatMap(({ latenessMs }) => latenessMs)),
    latenessInBusiestMinute: latenessOf(busiest.flatMap(({ latenessMs }) => latenessMs)),
  };
}

/** The first second of the minute in which most lanes are due. */
export function busiestSecond({ seconds, attemptsIn, restsIn }: Load): number {
  let [best, bestAt] = [-1, 0];
  for (let from = 0; from + SAMPLE_SECONDS <= seconds; from += SAMPLE_SECONDS) {
    let due = 0;
    for (let at = from; at < from + SAMPLE_SECONDS; at += 1)
      due += (attemptsIn[at] ?? 0) + (restsIn[at] ?? 0);
    if (due > best) [best, bestAt] = [due, from];
  }
  return bestAt;
}

const dueInMinuteOf = ({ attemptsIn, restsIn }: Load, second: number): number[] =>
  Array.from(
    { length: SAMPLE_SECONDS },
    (_, each) => (attemptsIn[second + each] ?? 0) + (restsIn[second + each] ?? 0),
  );

function latenessOf(latenessMs: number[]): Lateness {
  const sorted = Float64Array.from(latenessMs).sort();
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
