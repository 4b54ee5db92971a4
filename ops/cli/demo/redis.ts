import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Lifecycle } from '#process/lifecycle.ts';
import { DemoFailed } from './demo-failed.ts';
import { freePort } from './free-port.ts';

/** `cat` ends when the other end of the pipe is gone, so the server never outlives this process. */
const WATCHED = 'redis-server "$@" & server=$!; cat >/dev/null; kill $server; wait $server';

/** The Redis of the environment, or one of our own in memory. Throws with what to do when there is none. */
export async function startRedis(lifecycle: Lifecycle): Promise<string> {
  const given = process.env.REDIS_URL;
  if (given) return given;
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('/bin/sh', ['-c', WATCHED, 'usher-redis', ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(server, 'exit');
  lifecycle.onStop('redis', async () => {
    server.stdin.end();
    await ended;
  });
  await new Promise<void>((resolve, reject) => {
    const missing = () =>
      reject(
        new DemoFailed(
          'redis-server is not installed. Install it, set REDIS_URL, or leave out --queue redis.',
        ),
      );
    server.stderr.on('data', (words: Buffer) => {
      if (words.includes('not found')) missing();
    });
    server.stdout.on('data', (words: Buffer) => {
      if (words.includes('Ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new DemoFailed('redis-server ended by itself.')));
  });
  return `redis://127.0.0.1:${port}`;
}
