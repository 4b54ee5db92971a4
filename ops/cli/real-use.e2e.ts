import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { createSandbox, type Sandbox } from '#sandbox/compose.ts';
import { judgeLedger } from '../testing/ledger-oracle.ts';
import { runUsher, type UsherRun } from '../testing/run-usher.ts';

let db: TestDb;
let sandbox: Sandbox;
let env: Record<string, string>;
let folder: string;

const key = Buffer.alloc(32, 1).toString('base64');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-list-'));
  const epochMs = Date.now();
  [db, sandbox] = await Promise.all([
    createTestDb(),
    createSandbox({ seed: 3, scale: 3600, epochMs, scenario: { name: 'crowd', members: 50, accounts: 1 } }),
  ]);
  env = {
    DATABASE_URL: db.url,
    BOT_TOKEN: cast().bot.token,
    BOT_API_URL: sandbox.botApi.url,
    MINIAPP_URL: 'http://127.0.0.1:1',
    HOST: '127.0.0.1',
    PORT: '0',
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: '0'.repeat(32),
    SESSION_KEY: key,
    SUPPRESSION_KEY: key,
    USHER_OFFLINE: '1',
    USHER_DC_MAP: JSON.stringify(
      Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`])),
    ),
    USHER_TRUSTED_KEY: JSON.stringify(sandbox.rsaPublicKey),
    USHER_TIME_SCALE: '3600',
    USHER_TIME_EPOCH_MS: String(epochMs),
    LOG_LEVEL: 'warn',
  };
});

afterAll(async () => {
  await Promise.all([db.close(), sandbox.close(), rm(folder, { recursive: true })]);
});

function cast() {
  const present = sandbox.cast();
  if (present.scenario !== 'crowd') throw new Error('the scenario is the crowd');
  return present;
}

/** Types each answer when its question stands at the end of what was written. */
function answer(usher: UsherRun, dialog: readonly (readonly [RegExp, string])[]): void {
  let said = '';
  let next = 0;
  usher.process.stdout?.on('data', (part: Buffer) => {
    said += part;
    const step = dialog[next];
    if (!step?.[0].test(said)) return;
    said = '';
    next += 1;
    usher.process.stdin?.write(`${step[1]}\n`);
  });
}

it('goes from an empty database to a joined person with nothing but the command line', async () => {
  const [account] = cast().accounts;
  const made = await runUsher(['owner', '777', '--name', 'Real use', '--language', 'en'], env).ended;
  expect(made).toMatchObject({ code: 0, err: '' });

  const connecting = runUsher(['accounts', 'connect', '--phone', '--as', '777'], env);
  answer(connecting, [
    [/Phone number.*: $/, account!.phone],
    [/Code from Telegram: $/, '00000'],
    [/Code from Telegram: $/, account!.code],
  ]);
  const connected = await connecting.ended;
  expect(connected).toMatchObject({ code: 0, err: '' });
  expect(connected.out).toContain(`${account!.firstName} is connected.`);

  const running = runUsher(['start'], env);
  await running.line(/^worker: at work$/);

  const parsed = await runUsher(['parse', '@crowd', '--as', '777'], env).ended;
  expect(parsed).toMatchObject({ code: 0, err: '' });
  expect(parsed.out).toContain('50 people');
  const refused = await runUsher(['parse', '@nobody_is_here', '--as', '777'], env).ended;
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Telegram knows no community') });

  const invite = ['invite', '@crowd_target', '--as', '777', '--parsed', '--limit', '5'];
  const unready = await runUsher([...invite, '--name', 'First'], env).ended;
  expect(unready).toMatchObject({ code: 1, err: expect.stringContaining('owner') });
  const joined = new Promise<void>((resolve) => {
    sandbox.world.on((event) => {
      if (event.kind === 'member_joined') resolve();
    });
  });
  const list = join(folder, 'people.txt');
  await writeFile(list, '@\n');
  const started = await runUsher(
    [...invite, '--name', 'Second', '--list', list, '--acknowledge', 'They know us.'],
    env,
  ).ended;
  expect(started).toMatchObject({ code: 0, err: '' });
  expect(started.out).toContain('Row 1');
  await joined;

  running.process.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 0, err: '' });
  expect(judgeLedger(sandbox.ledger.lines()).offences).toEqual([]);
});

it('refuses to act for a stranger', async () => {
  const { code, err } = await runUsher(['parse', '@crowd', '--as', '999'], env).ended;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('usher owner') });
});
