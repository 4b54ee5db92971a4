import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Clock } from '#core/clock.ts';
import { type Connection, createDb } from '#db/connect.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { createClock } from '#process/clock.ts';
import { type Part, readWorkerConfig, type WorkerConfig } from '#process/config/config.ts';
import { VARIABLES } from '#process/config/variables.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import type { SandboxAddresses } from '#sandbox/compose.ts';
import { type ControlClient, createControlClient } from '#sandbox/control/client.ts';
import { type DemoCast, demoCast } from '#sandbox/scenarios/cast.ts';
import { type Child, startChild } from '../children.ts';
import { buildPage } from './build-page.ts';
import { freePort } from './free-port.ts';
import type { DemoOptions } from './options.ts';
import { startRedis } from './redis.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Everything a demo plays on, running. */
export type Stage = {
  cast: DemoCast;
  sandbox: SandboxAddresses;
  control: ControlClient;
  clock: Clock;
  /** With the rights of bot and server. */
  app: Connection;
  migrator: Connection;
  /** What the worker was started with; sign-ins and seals of the launcher use the same. */
  workerConfig: WorkerConfig;
  miniappUrl: string;
  logFolder: string;
  /** The worker, which may be killed and started again. */
  worker: { current(): Child; start(): Promise<void> };
};

export type StageEvents = {
  /** A part works from now on. */
  onUp(part: string): void;
  /** A child ended that nobody asked to end. */
  onLost(child: Child): void;
};

/**
 * Starts Postgres, the offline Telegram, the page's build and, on them, server, bot and worker, as much at once as can
 * be. Everything is registered with the lifecycle the moment it runs, so that a failure in the middle leaves nothing.
 */
export async function openStage(
  options: DemoOptions,
  lifecycle: Lifecycle,
  events: StageEvents,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-demo-'));
  lifecycle.onStop('folder', () => rm(folder, { recursive: true, force: true }));
  const logPath = (name: string) => join(folder, `${name}.log`);

  const startPart = async (name: string, args: string[], env: Record<string, string> = {}) => {
    const { child, ready } = await startChild({ name, args, env, logPath: logPath(name), cwd: root });
    lifecycle.onStop(name, child.stop);
    void child.exited.then(() => {
      if (!lifecycle.isStopping) events.onLost(child);
    });
    events.onUp(name);
    return { child, ready };
  };

  const epochMs = Date.now();
  const [{ sandbox, cast }, databaseUrl, redisUrl, port] = await Promise.all([
    openSandbox(options, epochMs, startPart),
    openDatabase(folder, lifecycle).finally(() => events.onUp('postgres')),
    options.queue === 'redis' ? startRedis(lifecycle) : '',
    options.port ?? freePort(),
    buildPage(root),
  ]);

  const env = childEnvironment({ options, epochMs, sandbox, cast, databaseUrl, redisUrl, port });
  const startOf = (part: Part) =>
    startPart(part, ['ops/cli/main.ts', 'start', part, '--ends-with-stdin'], env);
  const app = createDb(databaseUrl, { role: 'usher_app', max: 6 });
  const migrator = createDb(databaseUrl, { role: 'migrator', max: 1 });
  lifecycle.onStop('connections', () => Promise.all([app.close(), migrator.close()]));
  let [worker] = await Promise.all([startOf('worker'), startOf('server'), startOf('bot')]);

  return {
    cast,
    sandbox,
    control: createControlClient(sandbox.control.url),
    clock: createClock({ scale: options.scale, epochMs }),
    app,
    migrator,
    workerConfig: readWorkerConfig(env),
    miniappUrl: env.MINIAPP_URL ?? '',
    logFolder: folder,
    worker: {
      current: () => worker.child,
      async start() {
        worker = await startOf('worker');
      },
    },
  };
}

type StartPart = (name: string, args: string[]) => Promise<{ ready: string }>;

const sandboxLine = z.looseObject({ cast: demoCast });

async function openSandbox({ seed, scale, ledgerFile }: DemoOptions, epochMs: number, startPart: StartPart) {
  const flags = [
    '--scenario',
    'demo',
    '--seed',
    seed,
    '--scale',
    String(scale),
    '--epoch-ms',
    String(epochMs),
  ];
  const { ready } = await startPart('sandbox', [
    'sandbox/main.ts',
    ...flags,
    ...(ledgerFile ? ['--ledger', ledgerFile] : []),
  ]);
  const line: unknown = JSON.parse(ready);
  // The line is written by the sandbox's own `SandboxAddresses`; the cast is parsed because scenarios differ.
  return { cast: sandboxLine.parse(line).cast, sandbox: line as SandboxAddresses };
}

/** Durability is for data that outlives the demo. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function openDatabase(folder: string, lifecycle: Lifecycle): Promise<string> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings: FAST });
  lifecycle.onStop('postgres', stop);
  await migrate(url);
  return url;
}

/** Every variable is named, so that nothing of the surrounding environment leaks into the demo. */
function childEnvironment(stage: {
  options: DemoOptions;
  epochMs: number;
  sandbox: SandboxAddresses;
  cast: DemoCast;
  databaseUrl: string;
  redisUrl: string;
  port: number;
}): Record<string, string> {
  const { options, sandbox } = stage;
  const dcMap = Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`]));
  return {
    ...Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ''])),
    DATABASE_URL: stage.databaseUrl,
    REDIS_URL: stage.redisUrl,
    BOT_TOKEN: stage.cast.bot.token,
    BOT_API_URL: sandbox.botApi.url,
    HOST: '127.0.0.1',
    PORT: String(stage.port),
    MINIAPP_URL: `http://127.0.0.1:${stage.port}`,
    TRUSTED_HOST_ORIGIN: sandbox.web.url,
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: randomBytes(16).toString('hex'),
    SESSION_KEY: randomBytes(32).toString('base64'),
    SUPPRESSION_KEY: randomBytes(32).toString('base64'),
    LEASE_SECONDS: String(options.leaseSeconds),
    LOG_LEVEL: options.logLevel,
    USHER_OFFLINE: '1',
    USHER_DC_MAP: JSON.stringify(dcMap),
    USHER_TRUSTED_KEY: JSON.stringify(sandbox.rsaPublicKey),
    USHER_TIME_SCALE: String(options.scale),
    USHER_TIME_EPOCH_MS: String(stage.epochMs),
  };
}
