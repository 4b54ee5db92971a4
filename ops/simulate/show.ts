import type { Rate } from './report.ts';
import type { Simulation } from './simulate.ts';

/** A simulation as a page of plain text. */
export function show(told: Simulation): string {
  const kinds = Object.entries(told.statementsByKind).sort(([, a], [, b]) => b.average - a.average);
  const tables = Object.entries(told.rowsKept);
  const lines = [
    `${count(told.accounts)} accounts of ${count(told.teams)} teams, ${told.days} days, seed ${told.seed}, ${count(told.nodes)} nodes`,
    '',
    row('', 'average', 'busiest minute'),
    pair('attempts/s', told.attemptsPerSecond),
    pair('statements/s', told.statementsPerSecond),
    ...kinds.map(([kind, rate]) => pair(`  ${kind}`, rate)),
    pair('looks/s, all nodes', told.looksPerSecond),
    pair('Postgres cores, invites', told.postgresCores),
    pair('leases held, sockets', told.leasesHeld),
    pair('  on each node', told.socketsPerNode),
    pair('lease rows renewed/s', told.leaseRowsPerSecond),
    row('lateness p50, ms', count(told.lateness.p50Ms), count(told.latenessInBusiestMinute.p50Ms)),
    row('lateness p99, ms', count(told.lateness.p99Ms), count(told.latenessInBusiestMinute.p99Ms)),
    '',
    row('kept', 'a day', 'in all'),
    ...tables.flatMap(([table, { perDay, total, bytesPerDay, bytes }]) => [
      row(`${table}, rows`, count(perDay), count(total)),
      row(`${table}, GB`, gigabytes(bytesPerDay), gigabytes(bytes)),
    ]),
    row('write-ahead log, GB', gigabytes(told.walBytesPerDay), gigabytes(told.walBytesPerDay * told.days)),
    '',
    `${count(told.attempts)} attempts, ${count(told.rests)} turns without room, ${count(told.peakAttemptsInOneSecond)} attempts in the fullest second`,
    `nodes needed: ${told.nodesNeeded.forCores} for their cores, ${told.nodesNeeded.forPlaces} for their places, ${told.nodesNeeded.forSockets} for their sockets`,
    `run in ${told.wallSeconds.toFixed(1)} s with ${count(told.peakMemoryMegabytes)} MB`,
  ];
  return `${lines.join('\n')}\n`;
}

const count = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
const gigabytes = (bytes: number): string => (bytes / 1e9).toLocaleString('en', { maximumFractionDigits: 2 });
const pair = (name: string, { average, busiest }: Rate): string => row(name, count(average), count(busiest));
const row = (name: string, first: string, second: string): string =>
  `${name.padEnd(26)}${first.padStart(18)}${second.padStart(18)}`;
