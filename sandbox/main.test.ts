import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createControlClient } from './control/client.ts';

function start(...flags: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'sandbox/main.ts', '--scenario', 'empty', ...flags],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { text: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    output.text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    output.errors += chunk;
  });
  return { child, output };
}

async function whenReady({ child, output }: ReturnType<typeof start>) {
  while (!output.text.includes('\n')) await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return JSON.parse(output.text);
}

const exitOf = async (child: ChildProcess) => (await once(child, 'exit'))[0];

it('prints one line of addresses that answer, and ends cleanly on SIGTERM', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = start('--seed', '5', '--scale', '3600', '--ledger', join(folder, 'ledger.ndjson'));
  const ready = await whenReady(run);
  expect(ready).toMatchObject({
    dcs: [{ id: 1 }, { id: 2 }, { id: 4 }],
    rsaPublicKey: { e: '65537' },
    time: { scale: 3600 },
    cast: { scenario: 'empty' },
  });
  expect(await createControlClient(ready.control.url).state()).toMatchObject({
    seed: '5',
    clock: { scale: 3600 },
  });
  const exited = exitOf(run.child);
  run.child.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(run.output.text.trimEnd().split('\n')).toHaveLength(1);
  expect(await readFile(join(folder, 'ledger.ndjson'), 'utf8')).toBe('');
});

it('ends when whoever started it is gone', async () => {
  const run = start();
  await whenReady(run);
  const exited = exitOf(run.child);
  run.child.stdin.end();
  expect(await exited).toBe(0);
});

it('names a wrong flag and a taken port in one line, and exits with 2', async () => {
  const wrong = start('--scale=-1');
  expect(await exitOf(wrong.child)).toBe(2);
  expect(wrong.output.errors).toMatch(/^sandbox: --scale: .+\n$/);

  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as { port: number };
  const taken = start('--bot-api-port', String(port));
  expect(await exitOf(taken.child)).toBe(2);
  expect(taken.output.errors).toBe(`sandbox: port ${port} is taken: name another or leave it out\n`);
});
