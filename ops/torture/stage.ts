import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { z } from 'zod';
import type { Clock } from '#core/clock.ts';
import { type Connection, createDb } from '#db/connect.ts';
import { migrate } from '#db/migrate.ts';
import { createClock } from '#process/clock.ts';
import { readWorkerConfig, type WorkerConfig } from '#process/config/config.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import type { SandboxAddresses } from '#sandbox/compose.ts';
import { type ControlClient, createControlClient } from '#sandbox/control/client.ts';
import { type CrowdCast, crowdCast } from '#sandbox/scenarios/cast.ts';
import { type Child, type ChildOptions, startChild } from '../cli/children.ts';
import { buildPages } from '../cli/demo/build-page.ts';
import { stageEnvironment } from '../cli/demo/environment.ts';
import { freePort } from '../cli/demo/free-port.ts';
import { type BreakablePostgres, startBreakablePostgres } from './breakable-postgres.ts';
import { type BreakableRedis, startBreakableRedis } from './breakable-redis.ts';
import { ACCOUNTS, LEASE_SECONDS, SCALE, type TortureOptions } from './shape.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a torture plays on: an offline Telegram, a database that can be taken away, and a way to start processes. */
export type Stage = {
  cast: CrowdCast;
  control: ControlClient;
  clock: Clock;
  epochMs: number;
  database: BreakablePostgres;
  /** Undefined when the queue is in Postgres. */
  redis: BreakableRedis | undefined;
  /** With the rights of bot and server. */
  app: Connection;
  migrator: Connection;
  /** With every right, to look and to hold locks. */
  sql: postgres.Sql;
  workerConfig: WorkerConfig;
  folder: string;
  /** Nobody needs the logs and the ledger: the folder goes at the end. */
  forgetLogs(): void;
  /** Starts one of the product's programs; it ends with the lifecycle. */
  startParts(name: string, parts: readonly string[], env?: Record<string, string>): Promise<Child>;
};

export async function openStage(options: TortureOptions, lifecycle: Lifecycle): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-torture-'));
  let keepsLogs = true;
  lifecycle.onStop('folder', () =>
    rm(keepsLogs ? join(folder, 'cluster') : folder, { recursive: true, force: true }),
  );
  const epochMs = Date.now();
  const start = async (given: Pick<ChildOptions, 'name' | 'args' | 'env' | 'readyLines'>) => {
    const started = await startChild({ ...given, cwd: root, logPath: join(folder, `${given.name}.log`) });
    lifecycle.onStop(given.name, started.child.stop);
    return started;
  };
  const [{ ready }, database, redis, port] = await Promise.all([
    start({ name: 'sandbox', args: sandboxArgs(options.seed, epochMs) }),
    startBreakablePostgres(folder, lifecycle),
    options.queue === 'redis' ? startBreakableRedis(lifecycle) : undefined,
    freePort(),
    buildPages(root),
  ]);
  await migrate(database.url);
  const line: unknown = JSON.parse(ready);
  const { cast } = z.looseObject({ cast: crowdCast }).parse(line);
  // The line is written by the sandbox's own `SandboxAddresses`.
  const sandbox = line as SandboxAddresses;
  const env = stageEnvironment({
    options: { scale: SCALE, leaseSeconds: LEASE_SECONDS, logLevel: 'info' },
    ...{ epochMs, sandbox, cast, databaseUrl: database.url, redisUrl: redis?.url ?? '', port },
  });
  const app = createDb(database.url, { role: 'usher_app', max: 4 });
  const migrator = createDb(database.url, { role: 'migrator', max: 1 });
  const sql = postgres(database.url, { max: 6, onnotice: () => {} });
  lifecycle.onStop('connections', () =>
    Promise.all([app.close(), migrator.close(), sql.end({ timeout: 5 })]),
  );
  return {
    ...{ cast, epochMs, database, redis, app, migrator, sql, folder },
    control: createControlClient(sandbox.control.url),
    clock: createClock({ scale: SCALE, epochMs }),
    workerConfig: readWorkerConfig(env),
    forgetLogs() {
      keepsLogs = false;
    },
    async startParts(name, parts, changed = {}) {
      const args = ['ops/cli/main.ts', 'start', ...parts, '--ends-with-stdin'];
      return (await start({ name, args, env: { ...env, ...changed }, readyLines: parts.length })).child;
    },
  };
}

const sandboxArgs = (seed: string, epochMs: number): string[] => [
  'sandbox/main.ts',
  ...['--scenario', JSON.stringify({ name: 'crowd', members: 0, accounts: ACCOUNTS })],
  ...['--seed', seed, '--scale', String(SCALE), '--epoch-ms', String(epochMs)],
];
