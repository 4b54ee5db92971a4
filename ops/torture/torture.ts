import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lifecycle } from '#process/lifecycle.ts';
import type { RpcLine } from '#sandbox/ledger/lines.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { castTorture } from './cast.ts';
import { readEvidence } from './evidence.ts';
import { breakProcesses } from './faults/break-processes.ts';
import { breakWire } from './faults/break-wire.ts';
import { startFleet } from './fleet.ts';
import { CRIMES, type Crime, judge, type Violation } from './judge.ts';
import { startOperator } from './operator.ts';
import { play } from './play.ts';
import { createRecovery } from './recovery.ts';
import { COMMUNITIES, type TortureOptions, TYPED } from './shape.ts';
import { openStage } from './stage.ts';
import { createTally } from './tally.ts';
import { waitForRest } from './wait-for-rest.ts';

export type Verdict = {
  figures: { seed: string; invites: number; faults: number } & Record<Crime, number> & {
      recoveryP50Ms: number | null;
      recoveryP99Ms: number | null;
      /** Invites in a real minute of the faults. */
      invitesPerMinute: number;
      byKind: Record<string, number>;
      remarks: Record<string, number>;
    };
  violations: Violation[];
};

/** Plays campaigns for `minutes` while everything breaks, waits for rest, and judges. */
export async function torture(
  options: TortureOptions,
  lifecycle: Lifecycle,
  say: (words: string) => void,
): Promise<Verdict> {
  const stage = await openStage(options, lifecycle);
  say(`seed ${options.seed}; logs in ${stage.folder}`);
  await castTorture(stage.control, {
    seed: options.seed,
    people: peopleFor(options.attempts),
    accountIds: stage.cast.accounts.map(({ id }) => id),
  });
  const recovery = createRecovery();
  const tally = createTally();
  const stream = (name: string) => createRandom(`torture ${name}:${options.seed}`);
  const [fleet] = await Promise.all([
    startFleet(stage, recovery, stream('clocks'), () => tally.note('workers that ended by themselves')),
    stage.startParts('server+bot', ['server', 'bot']),
  ]);
  const played = await play(stage, say);
  const operator = startOperator(stage, played, stream('operator'), tally);
  say(`playing`);
  const from = Date.now();
  const isOver = () => lifecycle.isStopping || Date.now() - from > options.minutes * 60_000;
  const around = { stage, fleet, tally, options, isOver };
  await Promise.all([
    breakProcesses({ ...around, random: stream('processes') }),
    breakWire({ ...around, random: stream('wire') }),
  ]);
  const to = Date.now();
  operator.stopSuppressing();
  await fleet.whole();
  say(`quiet`);
  await waitForRest(stage, lifecycle);
  await operator.stop();

  say(`at rest`);
  const ledger = await stage.control.ledger();
  await writeFile(
    join(stage.folder, 'ledger.jsonl'),
    ledger.map((line) => `${JSON.stringify(line)}\n`),
  );
  const calls = ledger.filter((line): line is RpcLine => line.kind === 'rpc');
  const evidence = await readEvidence(stage.sql, played, operator.suppressed);
  const { invites, violations } = judge(ledger, evidence);
  const { p50, p99 } = recovery.measure(calls);
  const during = calls.filter(
    ({ method, realAt }) =>
      method === 'channels.inviteToChannel' && Date.parse(realAt) > from && Date.parse(realAt) < to,
  );
  if (violations.length === 0) stage.forgetLogs();
  return {
    violations,
    figures: {
      seed: options.seed,
      invites,
      faults: tally.total(),
      ...countCrimes(violations),
      recoveryP50Ms: p50,
      recoveryP99Ms: p99,
      invitesPerMinute: Math.round((during.length / (to - from)) * 60_000),
      byKind: tally.byKind(),
      remarks: tally.remarks(),
    },
  };
}

/** Two crowds are invited to another club besides their own. */
const peopleFor = (attempts: number): number =>
  Math.max(COMMUNITIES, Math.round((attempts - TYPED) / (1 + 2 / COMMUNITIES)));

const countCrimes = (violations: readonly Violation[]): Record<Crime, number> =>
  Object.fromEntries(
    CRIMES.map((crime) => [crime, violations.filter((one) => one.crime === crime).length]),
  ) as Record<Crime, number>;
