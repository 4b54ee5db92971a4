import { expect, it } from 'vitest';
import { checkEnvironment, PARTS, readBotConfig, readServerConfig, readWorkerConfig } from './config.ts';
import { ConfigFaults } from './read-variables.ts';

const key = Buffer.alloc(32, 7).toString('base64');

const whole = {
  DATABASE_URL: 'postgres://usher:hunter2@localhost:5432/usher',
  BOT_TOKEN: `123456789:${'a'.repeat(35)}`,
  MINIAPP_URL: 'https://usher.example.org/',
  TELEGRAM_API_ID: '12345',
  TELEGRAM_API_HASH: '0123456789abcdef0123456789abcdef',
  SESSION_KEY: key,
  SUPPRESSION_KEY: key,
};

const offline = {
  ...whole,
  USHER_OFFLINE: '1',
  USHER_DC_MAP: '{"1":"127.0.0.1:9001"}',
  USHER_TRUSTED_KEY: '{"fingerprint":"-5","n":"77","e":"65537"}',
  BOT_API_URL: 'http://127.0.0.1:8081',
  USHER_TIME_SCALE: '3600',
  USHER_TIME_EPOCH_MS: '1767225600000',
};

function faultsOf(env: Record<string, string>): string[] {
  try {
    checkEnvironment(env, PARTS);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}

it('starts every part from the seven variables that have no default', () => {
  expect(faultsOf(whole)).toEqual([]);
  expect(readBotConfig(whole).miniappUrl).toBe('https://usher.example.org');
  expect(readServerConfig(whole)).toMatchObject({ host: '0.0.0.0', port: 8080, time: { scale: 1 } });
  expect(readWorkerConfig(whole)).toMatchObject({
    redisUrl: undefined,
    telegram: { library: 'telegram', offline: undefined },
  });
});

it('names every missing variable at once, with what to do', () => {
  const faults = faultsOf({});
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual(Object.keys(whole).sort());
  expect(faults.find((fault) => fault.startsWith('BOT_TOKEN'))).toContain('@BotFather');
});

it('counts an empty variable as missing', () => {
  expect(faultsOf({ ...whole, SESSION_KEY: ' ' })).toEqual([
    expect.stringMatching(/^SESSION_KEY is missing/),
  ]);
});

it.each([
  [
    { SESSION_KEY_FILE: '/run/keys' },
    ['SESSION_KEY_FILE is one source of the session keys too many: leave out all but one'],
  ],
  [
    { SESSION_KEY: '', VAULT_ADDR: 'http://127.0.0.1:8200' },
    ['VAULT_ROLE_ID is missing', 'VAULT_SECRET_ID is missing'],
  ],
  [{ SESSION_KEY: '', VAULT_ADDR: 'http://127.0.0.1:8200', VAULT_ROLE_ID: 'r', VAULT_SECRET_ID: 's' }, []],
])('wants one whole source of the session keys: %j', (more, expected) => {
  const faults = faultsOf({ ...whole, ...more });
  expect(faults).toEqual(expected.map((fault) => expect.stringContaining(fault)));
});

it('seals with SESSION_KEY and still opens with the old ones', async () => {
  const old = Buffer.alloc(32, 8).toString('base64');
  const answer = await readWorkerConfig({ ...whole, OLD_SESSION_KEYS: old }).sessionKeys.read();
  const keys = answer.ok ? answer.keys.map((known) => Buffer.from(known.key).toString('base64')) : [];
  expect(keys).toEqual([key, old]);
});

it.each([
  ['DATABASE_URL', 'mysql://localhost/usher'],
  ['REDIS_URL', 'localhost:6379'],
  ['BOT_TOKEN', '12345'],
  ['BOT_API_URL', 'ftp://example.org'],
  ['MINIAPP_URL', 'usher.example.org'],
  ['PORT', '80800'],
  ['TELEGRAM_API_ID', 'twelve'],
  ['TELEGRAM_API_HASH', 'abc'],
  ['MTPROTO_LIBRARY', 'gramjs'],
  ['SESSION_KEY', 'c2hvcnQ='],
  ['SUPPRESSION_KEY', 'not base64!'],
  ['LOG_LEVEL', 'loud'],
  ['LEASE_SECONDS', '1'],
  ['WORKER_CONCURRENCY', '0'],
  ['USHER_OFFLINE', 'yes'],
])('names a malformed %s without repeating its value', (name, value) => {
  const faults = faultsOf({ ...whole, [name]: value });
  expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name} is malformed: `))]);
  expect(faults.join()).not.toContain(`"${value}"`);
});

it('refuses an offline Telegram without its addresses, its key or its Bot API', () => {
  expect(faultsOf({ ...whole, USHER_OFFLINE: '1' }).map((fault) => fault.split(':')[0])).toEqual([
    'BOT_API_URL is missing',
    'USHER_DC_MAP is missing',
    'USHER_TRUSTED_KEY is missing',
  ]);
});

it.each(['USHER_DC_MAP', 'USHER_TRUSTED_KEY', 'USHER_TIME_SCALE', 'USHER_TIME_EPOCH_MS'] as const)(
  'refuses %s beside the real Telegram',
  (name) => {
    expect(faultsOf({ ...whole, [name]: offline[name] })).toEqual([
      expect.stringContaining('set USHER_OFFLINE=1 as well'),
    ]);
  },
);

it.each([
  ['USHER_DC_MAP', '{"1":9001}'],
  ['USHER_DC_MAP', '{}'],
  ['USHER_DC_MAP', 'no json'],
  ['USHER_TRUSTED_KEY', '{"fingerprint":"1"}'],
])('refuses %s=%s', (name, value) => {
  expect(faultsOf({ ...offline, [name]: value })).toEqual([expect.stringContaining(`${name} is malformed`)]);
});

it('hands the chosen library to the worker', () => {
  const { telegram } = readWorkerConfig({ ...whole, MTPROTO_LIBRARY: 'teleproto' });
  expect(telegram.library).toBe('teleproto');
});

it('hands an offline Telegram to the worker as values', () => {
  const config = readWorkerConfig(offline);
  expect(config.telegram.offline).toEqual({
    dcMap: { '1': '127.0.0.1:9001' },
    trustedKey: { fingerprint: '-5', n: '77', e: '65537' },
  });
  expect(config.time).toEqual({ scale: 3600, epochMs: 1_767_225_600_000 });
});

it('keeps secrets out of a printed configuration', () => {
  const printed = JSON.stringify({ ...readBotConfig(whole), ...readServerConfig(whole) });
  expect(printed).not.toContain(whole.BOT_TOKEN);
});
