import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Secret } from '#core/secret.ts';
import { fixedKeys } from '#core/session-keys.ts';
import { createClock } from '#process/clock.ts';
import { startWorker } from '../main.ts';
import type { TelegramConfig } from '../mtproto/config.ts';
import { sessionKey, suppressionKey } from './keys.ts';
import { silentLog } from './silent-log.ts';
import type { Stage } from './stage.ts';

/** What a worker of its own process is told, as one line of JSON. */
type Orders = {
  databaseUrl: string;
  telegram: Omit<TelegramConfig, 'apiHash'>;
  time: { scale: number; epochMs: number };
  leaseSeconds: number;
};

/** A worker on a stage that can be killed or frozen like a process. Resolves when it is at work. */
export async function spawnWorker(
  { telegram, db, clock }: Stage,
  leaseSeconds: number,
): Promise<ChildProcess> {
  const { apiHash: _, ...config } = telegram.config;
  const orders: Orders = {
    databaseUrl: db.url,
    telegram: config,
    time: { scale: clock.scale, epochMs: clock.epochMs },
    leaseSeconds,
  };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(orders)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
    child.stdout?.once('data', () => resolve());
  });
  return child;
}

async function work(orders: Orders): Promise<void> {
  process.stdin.once('end', () => process.exit());
  process.stdin.resume();
  await startWorker({
    databaseUrl: orders.databaseUrl,
    telegram: { ...orders.telegram, apiHash: new Secret('hash') },
    clock: createClock(orders.time),
    leaseSeconds: orders.leaseSeconds,
    sessionKeys: fixedKeys(sessionKey),
    suppressionKey,
    log: silentLog,
  });
  process.stdout.write('at work\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await work(JSON.parse(process.argv[2] ?? ''));
