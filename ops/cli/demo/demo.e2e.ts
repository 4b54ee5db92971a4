import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTranslate } from '#locales/translate.ts';
import { createLifecycle } from '#process/lifecycle.ts';
import { createLogger } from '#process/logger.ts';
import { type Judgement, judgeLedger } from '../../testing/ledger-oracle.ts';
import { runUsher } from '../../testing/run-usher.ts';
import type { DemoFigures } from './report.ts';
import { runDemo } from './run-demo.ts';
import type { Stage } from './stage.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-ledgers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readLedger = async (file: string): Promise<Judgement> =>
  judgeLedger((await readFile(file, 'utf8')).split('\n'));

describe('usher demo --once --json', () => {
  it('ends with its figures, within every limit, and leaves nothing running', async () => {
    const ledger = join(folder, 'whole.ndjson');
    const usher = runUsher([
      'demo',
      '--once',
      '--json',
      '--scale',
      '7200',
      '--seed',
      '7',
      '--ledger',
      ledger,
    ]);
    const { code, out, err } = await usher.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });

    const figures: DemoFigures = JSON.parse(out.split('\n').at(-1) ?? '');
    expect(figures).toMatchObject({ accounts: 4, imported: 12, targets: 190 });
    expect(figures.joined).toBeGreaterThanOrEqual(60);
    expect(figures.virtualDays).toBeGreaterThanOrEqual(3);
    const refused = Object.values(figures.refused).reduce((sum, count) => sum + count, 0);
    expect(figures.joined + figures.alreadyMembers + refused + figures.waiting).toBe(figures.targets);

    const judgement = await readLedger(ledger);
    expect(judgement.offences).toEqual([]);
    expect(judgement.joined).toHaveLength(figures.joined);
    const addresses = out.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
  });

  it('says which port is taken and leaves nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const { code, err, out } = await runUsher(['demo', '--port', String(port)]).ended;
      expect({ code, lines: err.trim().split('\n') }).toEqual({
        code: 1,
        lines: [expect.stringContaining(`Port ${port} is taken`)],
      });
      await rm(logFolderOf(out), { recursive: true });
    } finally {
      other.close();
    }
  });

  it('leaves no process behind when the launcher is killed', async () => {
    const usher = runUsher(['demo', '--scale', '7200']);
    await usher.line(/^Accounts: .*4 of 4/);
    const logs = logFolderOf(await usher.line(/^Playing/));
    const children = childrenOf(usher.process.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(4);
    usher.process.kill('SIGKILL');
    await usher.ended;
    await expect.poll(() => children.filter(isAlive), { timeout: 20_000 }).toEqual([]);
    await rm(logs, { recursive: true });
  });
});

describe('a worker killed in the middle', () => {
  it('loses nobody and invites nobody twice: the same people join as without', async () => {
    const undisturbed = await playOnce('undisturbed');
    let kills = 0;
    const disturbed = await playOnce('disturbed', (stage, joined) => {
      if (joined < 6 * (kills + 1) || kills === 2) return;
      kills += 1;
      process.kill(stage.childOf('worker').pid, 'SIGKILL');
    });
    expect(kills).toBe(2);
    expect(disturbed.judgement.offences).toEqual([]);
    expect([...disturbed.judgement.joined].sort()).toEqual([...undisturbed.judgement.joined].sort());
    expect(disturbed.counts).toEqual(undisturbed.counts);
  }, 300_000);
});

/** A small demo in this process, on which `disturb` is called whenever the campaign was looked at. */
async function playOnce(name: string, disturb?: (stage: Stage, joined: number) => void) {
  const ledgerFile = join(folder, `${name}.ndjson`);
  const lifecycle = createLifecycle({ log: createLogger({ part: 'test', level: 'error' }) });
  let stage: Stage | undefined;
  try {
    const figures = await runDemo(
      {
        seed: '7',
        scale: 7200,
        queue: 'postgres',
        port: undefined,
        ledgerFile,
        collectedLimit: 24,
        leaseSeconds: 5,
        logLevel: 'info',
      },
      {
        t: createTranslate('en'),
        lifecycle,
        output: { write: () => true },
        printsJson: false,
        stays: false,
        onStage: (opened) => {
          stage = opened;
        },
        onJoined: (joined) => stage && disturb?.(stage, joined),
      },
    );
    const { joined, alreadyMembers, refused, waiting, targets } = figures;
    await lifecycle.stop('played');
    return {
      counts: { joined, alreadyMembers, refused, waiting, targets },
      judgement: await readLedger(ledgerFile),
    };
  } finally {
    await lifecycle.stop('over');
  }
}

const logFolderOf = (said: string): string => /\/\S*usher-demo-\w+/.exec(said)?.[0] ?? '';

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
