import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { createSandbox, type Sandbox } from '#sandbox/compose.ts';
import { createControlClient } from '#sandbox/control/client.ts';
import { runUsher } from '../../testing/run-usher.ts';

let db: TestDb;
let sandbox: Sandbox;
let env: Record<string, string>;
const key = Buffer.alloc(32, 1).toString('base64');

beforeAll(async () => {
  [db, sandbox] = await Promise.all([
    createTestDb(),
    createSandbox({ seed: 5, scenario: { name: 'empty' } }),
  ]);
  env = {
    DATABASE_URL: db.url,
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: '0'.repeat(32),
    SESSION_KEY: key,
    SUPPRESSION_KEY: key,
    USHER_OFFLINE: '1',
    USHER_DC_MAP: JSON.stringify(
      Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`])),
    ),
    USHER_TRUSTED_KEY: JSON.stringify(sandbox.rsaPublicKey),
  };
  await runUsher(['owner', '777', '--name', 'Terminal', '--language', 'en'], env).ended;
});
afterAll(() => Promise.all([db.close(), sandbox.close()]));

/** Reads the code off the terminal, as a phone's camera does: each letter is two modules, one above the other. */
function readCode(said: string): string {
  const lines = said.split('\n').filter((line) => /^[█▀▄ ]+$/.test(line) && line.length > 20);
  const scale = 4;
  const [width, height] = [(lines[0]?.length ?? 0) * scale, lines.length * 2 * scale];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const letter = lines[Math.floor(y / scale / 2)]?.[Math.floor(x / scale)] ?? '█';
      const isTop = Math.floor(y / scale) % 2 === 0;
      const isLight = letter === '█' || letter === (isTop ? '▀' : '▄');
      data.fill(isLight ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return decodeQR({ data, width, height });
}

it('draws a QR code that can be scanned, asks for the password, and knows the account the next time', async () => {
  const control = createControlClient(sandbox.control.url);
  const { users } = await control.seed({
    users: [
      { firstName: 'Nora', phone: '79995550001', dcId: 4, password: { value: 'right', hint: 'usual' } },
    ],
  });
  for (const words of ['Nora is connected.', 'Nora is signed in again']) {
    const connecting = runUsher(['accounts', 'connect', '--as', '777'], env);
    let said = '';
    connecting.process.stdout?.on('data', (part: Buffer) => {
      said += part;
      if (/hint: usual\): $/.test(said)) {
        said = '';
        connecting.process.stdin?.write('right\n');
      }
    });
    await connecting.line(/^A new code comes/);
    await control.acceptLogin(users[0] ?? '', readCode(said));
    const connected = await connecting.ended;
    expect(connected).toMatchObject({ code: 0, err: '' });
    expect(connected.out).toContain(words);
    expect(connected.out).not.toContain('right');
  }
});

it('tells the wait when Telegram gives out no more codes', async () => {
  await createControlClient(sandbox.control.url).addFault({
    match: { method: 'auth.sendCode', times: 1 },
    action: { kind: 'rpcError', text: 'FLOOD_WAIT_7200' },
  });
  const connecting = runUsher(['accounts', 'connect', '--phone', '--as', '777'], env);
  connecting.process.stdin?.write('79995550002\n');
  const { code, err } = await connecting.ended;
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('The wait lasts 2 h.') });
});
