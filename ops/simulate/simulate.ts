import { ASSUMED } from './draw-team.ts';
import { type LoadQuestion, playLoad } from './load.ts';
import { MACHINE, type MachineCosts } from './machine-costs.ts';
import { type Lateness, type NodesNeeded, nodesNeeded, playNodes } from './nodes.ts';
import { type Rate, type Report, reportOf } from './report.ts';

export type Simulation = Report & {
  accounts: number;
  days: number;
  seed: number;
  teams: number;
  nodes: number;
  nodesNeeded: NodesNeeded;
  socketsPerNode: Rate;
  looksPerSecond: Rate;
  /** From a due slot to the beginning of its turn. */
  lateness: Lateness;
  latenessInBusiestMinute: Lateness;
  assumed: typeof ASSUMED;
  machine: MachineCosts;
  wallSeconds: number;
  peakMemoryMegabytes: number;
};

/** Plays the load and then the nodes that carry it: `nodes` of them, or as many as are needed. */
export function simulate(question: LoadQuestion & { nodes?: number | undefined }): Simulation {
  const startedAt = performance.now();
  const { accounts, days, seed } = question;
  const load = playLoad(question);
  const needed = nodesNeeded(load, MACHINE);
  const nodes = question.nodes ?? Math.max(...Object.values(needed));
  const fleet = playNodes(load, nodes, MACHINE, seed);
  const report = reportOf(load, nodes, fleet, MACHINE);
  const { average, busiest } = report.leasesHeld;
  return {
    accounts,
    days,
    seed,
    teams: load.teams,
    nodes,
    nodesNeeded: needed,
    ...report,
    socketsPerNode: { average: average / nodes, busiest: busiest / nodes },
    looksPerSecond: fleet.looks,
    lateness: fleet.lateness,
    latenessInBusiestMinute: fleet.latenessInBusiestMinute,
    assumed: ASSUMED,
    machine: MACHINE,
    wallSeconds: (performance.now() - startedAt) / 1000,
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
