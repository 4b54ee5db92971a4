import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import type { Lifecycle } from '#process/lifecycle.ts';
import { freePort } from '../cli/demo/free-port.ts';

export type BreakableRedis = {
  url: string;
  flush(): Promise<void>;
  /** Kills it, and starts an empty one on the same port. */
  restart(): Promise<void>;
};

/** `cat` ends when the other end of the pipe is gone, so the server is killed with this process at the latest. */
const WATCHED = 'redis-server "$@" & server=$!; cat >/dev/null; kill -9 $server; wait $server';

/** A Redis in memory. Throws when redis-server is not installed. */
export async function startBreakableRedis(lifecycle: Lifecycle): Promise<BreakableRedis> {
  const port = await freePort();
  let server = await start(port);
  lifecycle.onStop('redis', () => kill(server));
  return {
    url: `redis://127.0.0.1:${port}`,
    async flush() {
      const client = new Redis(port, '127.0.0.1');
      await client.flushall();
      client.disconnect();
    },
    async restart() {
      await kill(server);
      server = await start(port);
    },
  };
}

async function start(port: number): Promise<ChildProcess> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('/bin/sh', ['-c', WATCHED, 'usher-redis', ...flags], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('redis-server ended by itself')));
    server.stdout.on('data', (words: Buffer) => {
      if (words.includes('Ready to accept connections')) resolve();
    });
  });
  return server;
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin?.end();
  await ended;
}
