import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createLifecycle } from './lifecycle.ts';
import { createLogger } from './logger.ts';

const log = createLogger({ part: 'test', level: 'silent' });

it('ends last what began first', async () => {
  const ended: string[] = [];
  const lifecycle = createLifecycle({ log });
  for (const name of ['database', 'queue', 'lanes']) lifecycle.onStop(name, () => ended.push(name));
  await lifecycle.stop('test');
  expect(ended).toEqual(['lanes', 'queue', 'database']);
});

it('ends once, however often it is asked', async () => {
  let count = 0;
  const lifecycle = createLifecycle({ log });
  lifecycle.onStop('part', () => {
    count += 1;
  });
  await Promise.all([lifecycle.stop('one'), lifecycle.stop('two'), lifecycle.stopped]);
  expect(count).toBe(1);
});

it('goes on when a part fails or hangs', async () => {
  const ended: string[] = [];
  const lifecycle = createLifecycle({ log, deadlineMs: 20 });
  lifecycle.onStop('first', () => ended.push('first'));
  lifecycle.onStop('hangs', () => new Promise(() => {}));
  lifecycle.onStop('fails', () => Promise.reject(new Error('cannot')));
  await lifecycle.stop('test');
  expect(ended).toEqual(['first']);
});

/** A process of its own that says `up` and then lives until something ends it. */
function startProcess({ hangs = false } = {}) {
  const text = `
    import { createLifecycle, runProcess } from ${JSON.stringify(fileURLToPath(new URL('./lifecycle.ts', import.meta.url)))};
    import { createLogger } from ${JSON.stringify(fileURLToPath(new URL('./logger.ts', import.meta.url)))};
    const log = createLogger({ part: 'child', level: 'info' });
    const lifecycle = createLifecycle({ log });
    const timer = setInterval(() => {}, 1000);
    lifecycle.onStop('timer', () => ${hangs ? 'new Promise(() => {})' : 'clearInterval(timer)'});
    process.on('SIGUSR2', () => { throw new Error('surprise'); });
    const ended = runProcess(lifecycle, { log, endsWithParent: true });
    process.stdout.write('up');
    process.exit(await ended);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', text], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (part: Buffer) => {
    errors += part;
  });
  return {
    child,
    up: once(child.stdout, 'data'),
    ended: once(child, 'exit').then(([code, signal]) => ({ code, signal, errors })),
  };
}

it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
  const { child, up, ended } = startProcess();
  await up;
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0, errors: expect.stringContaining('stopping') });
});

it('ends at once on a second signal', async () => {
  const { child, up, ended } = startProcess({ hangs: true });
  await up;
  child.kill('SIGTERM');
  await once(child.stderr, 'data');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 130 });
});

it('ends when the pipe from its parent ends', async () => {
  const { child, up, ended } = startProcess();
  await up;
  child.stdin.end();
  expect(await ended).toMatchObject({ code: 0, errors: expect.stringContaining('parent ended') });
});

it('logs an uncaught error and ends with 1', async () => {
  const { child, up, ended } = startProcess();
  await up;
  child.kill('SIGUSR2');
  expect(await ended).toMatchObject({ code: 1, errors: expect.stringContaining('surprise') });
});
