import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { createSandbox, type Sandbox } from '#sandbox/compose.ts';
import { runUsher } from '../testing/run-usher.ts';

let db: TestDb;
let sandbox: Sandbox;

beforeAll(async () => {
  [db, sandbox] = await Promise.all([
    createTestDb(),
    createSandbox({ seed: 1, scenario: { name: 'crowd', members: 1, accounts: 1 } }),
  ]);
});

afterAll(async () => {
  await Promise.all([db.close(), sandbox.close()]);
});

function botToken(): string {
  const cast = sandbox.cast();
  if (cast.scenario === 'empty') throw new Error('the scenario has a bot');
  return cast.bot.token;
}

const key = Buffer.alloc(32, 1).toString('base64');

const environment = (changed: Record<string, string> = {}): Record<string, string> => ({
  DATABASE_URL: db.url,
  BOT_TOKEN: botToken(),
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
  LOG_LEVEL: 'warn',
  ...changed,
});

describe('usher start', () => {
  it('runs bot, server and worker in one process until it is told to end', async () => {
    const usher = runUsher(['start'], environment());
    await usher.line(/^bot: @crowd_bot answers$/);
    const url = (await usher.line(/^server: /)).replace('server: ', '');
    await usher.line(/^worker: at work$/);
    expect((await fetch(`${url}/health/ready`)).ok).toBe(true);

    usher.process.kill('SIGTERM');
    const { code, err } = await usher.ended;
    expect(code).toBe(0);
    // Nobody owns this database: that is all there is to warn of.
    const warnings = err.trim().split('\n');
    expect(warnings).toEqual([expect.stringMatching(/\/start claim_[\w-]{16}"/)]);
  });

  it('tells all faults of the environment at once and ends with 2', async () => {
    const { code, err } = await runUsher(['start'], { PORT: 'eighty' }).ended;
    expect(code).toBe(2);
    const names = err
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ')[0]);
    expect(names.sort()).toEqual([
      'BOT_TOKEN',
      'DATABASE_URL',
      'MINIAPP_URL',
      'PORT',
      'SESSION_KEY',
      'SUPPRESSION_KEY',
      'TELEGRAM_API_HASH',
      'TELEGRAM_API_ID',
    ]);
  });

  it('says in one line that the Bot API refuses the token', async () => {
    const { code, err } = await runUsher(['start', 'bot'], environment({ BOT_TOKEN: `1:${'x'.repeat(35)}` }))
      .ended;
    expect({ code, lines: err.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining('BOT_TOKEN')],
    });
  });

  it('says in one line that the database is down', async () => {
    const { code, err } = await runUsher(
      ['start', 'worker'],
      environment({ DATABASE_URL: 'postgres://usher:hunter2@127.0.0.1:9/usher' }),
    ).ended;
    expect({ code, lines: err.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining('Cannot reach 127.0.0.1:9')],
    });
    expect(err).not.toContain('hunter2');
  });

  it('says in one line that the database has a newer schema', async () => {
    const newer = await createTestDb();
    try {
      await newer.owner.execute(
        `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.now() + 1e12})`,
      );
      const { code, err } = await runUsher(['start', 'worker'], environment({ DATABASE_URL: newer.url }))
        .ended;
      expect({ code, lines: err.trim().split('\n') }).toEqual({
        code: 1,
        lines: [expect.stringContaining('newer')],
      });
    } finally {
      await newer.close();
    }
  });

  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const { code, err } = await runUsher(['start', 'server'], environment({ PORT: String(port) })).ended;
      expect({ code, lines: err.trim().split('\n') }).toEqual({
        code: 1,
        lines: [expect.stringContaining(`Port ${port} is taken`)],
      });
    } finally {
      other.close();
    }
  });
});

describe('a command line nobody understands', () => {
  it.each([
    [['demo', '--fast'], '--fast'],
    [['demo', '--scale', 'much'], '--scale'],
    [['start', 'everything'], '[bot] [server] [worker]'],
    [['owner'], '<telegram id>'],
    [['sing'], 'sing'],
  ])('is answered in one line: %s', async (args, names) => {
    const { code, err } = await runUsher(args).ended;
    expect({ code, lines: err.trim().split('\n') }).toEqual({
      code: 2,
      lines: [expect.stringContaining(names)],
    });
  });
});
