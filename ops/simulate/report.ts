import { MINUTE_MS, SECOND_MS } from '#core/duration.ts';
import { ASSUMED } from './draw-team.ts';
import type { Load } from './load.ts';
import type { MachineCosts } from './machine-costs.ts';
import { busiestSecond, type FleetRun } from './nodes.ts';
import {
  BYTES_PER_ROW,
  KEPT_PER_ATTEMPT,
  KEPT_PER_REVIEW,
  type KeptTable,
  WAL_BYTES_PER_ATTEMPT,
} from './row-costs.ts';
import { STATEMENTS, type StatementKind } from './statement-costs.ts';

const MINUTE = MINUTE_MS / SECOND_MS;
const DAY = 86_400;
/** Leases are renewed, and nodes report, three times in a term of 30 s. */
const BEATS_PER_SECOND = 0.1;
/** A relay rests so long between two runs, and runs this often without a nudge. */
const RELAY = { restSeconds: 0.1, idlePerSecond: 0.2 } as const;

export type Rate = { average: number; busiest: number };
export type Report = {
  attempts: number;
  /** Turns of lanes that found no room. */
  rests: number;
  /** Per second, over the run and in its busiest minute. */
  attemptsPerSecond: Rate;
  peakAttemptsInOneSecond: number;
  statementsPerSecond: Rate;
  statementsByKind: Record<StatementKind, Rate>;
  leasesHeld: Rate;
  /** Lease rows that the nodes' renewals write. */
  leaseRowsPerSecond: Rate;
  rowsKept: Record<KeptTable, { perDay: number; total: number; bytesPerDay: number; bytes: number }>;
  walBytesPerDay: number;
  /** At work for the invites; what looks of idle nodes and renewals cost beside them is not measured. */
  postgresCores: Rate;
};

export function reportOf(
  load: Load,
  nodes: number,
  fleet: FleetRun,
  { postgresCpuMs }: MachineCosts,
): Report {
  const { seconds, attempts, rests, connects, heldIn } = load;
  const from = busiestSecond(load);
  const inBusiest = (counts: Uint32Array) =>
    counts.subarray(from, from + MINUTE).reduce((a, b) => a + b, 0) / MINUTE;
  const attempt: Rate = { average: attempts / seconds, busiest: inBusiest(load.attemptsIn) };
  const rest: Rate = { average: rests / seconds, busiest: inBusiest(load.restsIn) };
  const minutes = heldIn.subarray(0, -1);
  const leasesHeld: Rate = {
    average: minutes.reduce((a, b) => a + b, 0) / minutes.length,
    busiest: minutes.reduce((a, b) => Math.max(a, b), 0),
  };
  const connect = scale(attempt, attempts === 0 ? 0 : connects / attempts);
  const beats: Rate = { average: nodes * BEATS_PER_SECOND, busiest: nodes * BEATS_PER_SECOND };
  const turn = plus(attempt, rest);
  const operations: Record<StatementKind, Rate> = {
    look: fleet.looks,
    reserve: attempt,
    settle: attempt,
    rest,
    release: turn,
    renew: beats,
    heartbeat: beats,
    relay: { average: relayRuns(turn.average, nodes), busiest: relayRuns(turn.busiest, nodes) },
    connect,
    disconnect: connect,
    // Each a day after its invite, so as many in a second as there are invites.
    review: scale(attempt, ASSUMED.joinedShare),
  };
  const byKind = mapRecord(operations, (rate, kind) => scale(rate, STATEMENTS[kind]));
  const reviews = attempts * ASSUMED.joinedShare;
  return {
    attempts,
    rests,
    attemptsPerSecond: attempt,
    peakAttemptsInOneSecond: load.attemptsIn.reduce((a, b) => Math.max(a, b), 0),
    statementsPerSecond: Object.values(byKind).reduce(plus),
    statementsByKind: byKind,
    leasesHeld,
    leaseRowsPerSecond: scale(leasesHeld, BEATS_PER_SECOND),
    rowsKept: mapRecord(KEPT_PER_ATTEMPT, (each, table) => {
      const total = attempts * each + reviews * (KEPT_PER_REVIEW[table] ?? 0);
      const perDay = (total / seconds) * DAY;
      return {
        perDay,
        total,
        bytesPerDay: perDay * BYTES_PER_ROW[table],
        bytes: total * BYTES_PER_ROW[table],
      };
    }),
    postgresCores: scale(attempt, postgresCpuMs / SECOND_MS),
    walBytesPerDay: attempt.average * DAY * WAL_BYTES_PER_ATTEMPT,
  };
}

/** Every turn nudges its node's relay; nudges during a run and its rest lead to one more. */
function relayRuns(turns: number, nodes: number): number {
  const perNode = turns / nodes;
  return nodes * Math.max(RELAY.idlePerSecond, perNode / (1 + perNode * RELAY.restSeconds));
}

const scale = (rate: Rate, by: number): Rate => ({ average: rate.average * by, busiest: rate.busiest * by });
const plus = (one: Rate, other: Rate): Rate => ({
  average: one.average + other.average,
  busiest: one.busiest + other.busiest,
});

function mapRecord<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (value: V, key: K) => W,
): Record<K, W> {
  const entries = Object.entries(record) as [K, V][];
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value, key)])) as Record<K, W>;
}
