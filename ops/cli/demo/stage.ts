import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Clock } from '#core/clock.ts';
import type { Connection } from '#db/connect.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { createClock } from '#process/clock.ts';
import { type Part, readWorkerConfig, type WorkerConfig } from '#process/config/config.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import type { SandboxAddresses } from '#sandbox/compose.ts';
import { type ControlClient, createControlClient } from '#sandbox/control/client.ts';
import { type DemoCast, demoCast } from '#sandbox/scenarios/cast.ts';
import { type Child, type ChildOptions, startChild } from '../children.ts';
import { buildPages } from './build-page.ts';
import { DemoFailed } from './demo-failed.ts';
import { stageEnvironment } from './environment.ts';
import { freePort } from './free-port.ts';
import type { DemoOptions } from './options.ts';
import { startRedis } from './redis.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Bot and server share a process, as on a small machine; the worker has its own. */
const PROCESSES: readonly (readonly Part[])[] = [['worker'], ['server', 'bot']];

/** Everything a demo plays on. */
export type Stage = {
  cast: DemoCast;
  sandbox: SandboxAddresses;
  control: ControlClient;
  clock: Clock;
  /** With the rights of bot and server. */
  app: Connection;
  migrator: Connection;
  /** What the worker was started with: sign-ins and seals of the launcher use the same. */
  workerConfig: WorkerConfig;
  miniappUrl: string;
  /** The process that is this part now; a lost one is started again. Throws before the first has started. */
  childOf(part: Part): Child;
  /** Rejects when something is lost that cannot be started again. */
  broken: Promise<never>;
};

export type StageEvents = {
  onUp(part: string): void;
  /** A part ended unasked and is started again. */
  onLost(child: Child): void;
};

/**
 * Starts Postgres, the offline Telegram and the page's build, as much at once as can be, and on them server, bot and
 * worker. These may still be starting when it resolves: what is ordered meanwhile waits for them in the database and in
 * the chat. Everything is registered with the lifecycle the moment it runs, so that a failure in the middle leaves
 * nothing. Data and logs are kept in `folder`.
 */
export async function openStage(
  options: DemoOptions,
  folder: string,
  lifecycle: Lifecycle,
  events: StageEvents,
): Promise<Stage> {
  let breakStage: (error: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    breakStage = reject;
  });
  broken.catch(() => {});

  const start = async (
    name: string,
    child: Pick<ChildOptions, 'args' | 'env' | 'readyLines'>,
    onEnd: (child: Child) => void,
  ) => {
    const started = await startChild({ name, ...child, cwd: root, logPath: join(folder, `${name}.log`) });
    lifecycle.onStop(name, started.child.stop);
    void started.child.exited.then(() => {
      if (!lifecycle.isStopping) onEnd(started.child);
    });
    events.onUp(name);
    return started;
  };

  const epochMs = Date.now();
  const [{ sandbox, cast }, databaseUrl, redisUrl, port] = await Promise.all([
    start('sandbox', { args: sandboxArgs(options, epochMs) }, ({ logPath }) =>
      breakStage(new DemoFailed(`the offline Telegram ended by itself; see ${logPath}`)),
    ).then(({ ready }) => readAddresses(ready)),
    openDatabase(folder, lifecycle, () => events.onUp('postgres')),
    options.queue === 'redis' ? startRedis(lifecycle) : '',
    options.port ?? freePort(),
    buildPages(root),
  ]);

  const env = stageEnvironment({ options, epochMs, sandbox, cast, databaseUrl, redisUrl, port });
  const children = new Map<Part, Child>();
  const startParts = async (parts: readonly Part[]): Promise<void> => {
    const args = ['ops/cli/main.ts', 'start', ...parts, '--ends-with-stdin'];
    const { child } = await start(parts.join('+'), { args, env, readyLines: parts.length }, (lost) => {
      events.onLost(lost);
      startParts(parts).catch(breakStage);
    });
    for (const part of parts) children.set(part, child);
  };
  const { createDb } = await import('#db/connect.ts');
  const app = createDb(databaseUrl, { role: 'usher_app', max: 6 });
  const migrator = createDb(databaseUrl, { role: 'migrator', max: 1 });
  lifecycle.onStop('connections', () => Promise.all([app.close(), migrator.close()]));
  for (const parts of PROCESSES) startParts(parts).catch(breakStage);

  return {
    cast,
    sandbox,
    control: createControlClient(sandbox.control.url),
    clock: createClock({ scale: options.scale, epochMs }),
    app,
    migrator,
    workerConfig: readWorkerConfig(env),
    miniappUrl: `http://127.0.0.1:${port}`,
    childOf(part) {
      const child = children.get(part);
      if (!child) throw new Error(`${part} has not started yet`);
      return child;
    },
    broken,
  };
}

const sandboxArgs = ({ seed, scale, ledgerFile }: DemoOptions, epochMs: number): string[] => [
  'sandbox/main.ts',
  ...['--scenario', 'demo', '--seed', seed, '--scale', String(scale), '--epoch-ms', String(epochMs)],
  ...(ledgerFile ? ['--ledger', ledgerFile] : []),
];

const sandboxLine = z.looseObject({ cast: demoCast });

function readAddresses(ready: string): { cast: DemoCast; sandbox: SandboxAddresses } {
  const line: unknown = JSON.parse(ready);
  // The line is written by the sandbox's own `SandboxAddresses`; the cast is parsed because scenarios differ.
  return { cast: sandboxLine.parse(line).cast, sandbox: line as SandboxAddresses };
}

/** Durability is for data that outlives the demo. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function openDatabase(folder: string, lifecycle: Lifecycle, onUp: () => void): Promise<string> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir: folder, settings: FAST });
  lifecycle.onStop('postgres', stop);
  const { migrate } = await import('#db/migrate.ts');
  await migrate(url);
  onUp();
  return url;
}
