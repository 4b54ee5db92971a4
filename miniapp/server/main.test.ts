import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { claimWithCode } from '#db/commands/claim-with-code.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { PortTaken, type ServerConfig, startServer } from './main.ts';
import { BOT_TOKEN, signLaunch } from './testing/test-server.ts';

let db: TestDb;
let webRoot: string;
beforeAll(async () => {
  db = await createTestDb();
  webRoot = await mkdtemp(join(tmpdir(), 'usher-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<html><head></head><body></body></html>');
  await writeFile(join(webRoot, 'assets', 'index-abc.js'), `// ${'long '.repeat(1000)}`);
});
afterAll(async () => {
  await db.close();
  await rm(webRoot, { recursive: true });
});

const start = (more: Partial<ServerConfig> = {}) =>
  startServer({
    databaseUrl: db.url,
    botToken: new Secret(BOT_TOKEN),
    suppressionKey: Buffer.alloc(32, 6),
    botApiUrl: undefined,
    host: '127.0.0.1',
    port: 0,
    clock: { now: () => new Date(), realMsUntil: () => 0 },
    timeScale: 1,
    hostOrigin: undefined,
    webRoot,
    connectRoot: webRoot,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...more,
  });

it('says in one line that a port is taken, and leaves nothing running', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const address = squatter.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const failure = await start({ port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PortTaken);
  expect(String(failure)).toBe(
    `PortTaken: Port ${port} is taken. Stop what listens there, or set PORT to another one.`,
  );
  await new Promise((resolve) => squatter.close(resolve));
});

it('says in one line that the web app is not built', async () => {
  await expect(start({ webRoot: join(webRoot, 'assets') })).rejects.toThrow(/is not built.*npm run build/);
});

it('tells the page its host only where one is configured', async () => {
  for (const hostOrigin of [undefined, 'http://127.0.0.1:4000']) {
    const server = await start({ hostOrigin });
    const page = await (await fetch(server.url)).text();
    expect(page.includes('usher-host-origin')).toBe(hostOrigin !== undefined);
    if (hostOrigin) expect(page).toContain(`content="${hostOrigin}"`);
    await server.stop();
  }
});

it('serves assets packed and for ever, the page to be asked for anew, and nothing else from the disk', async () => {
  const server = await start();
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { headers });
  const asset = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip' });
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(asset.headers.get('content-encoding')).toBe('gzip');
  expect(asset.headers.get('content-type')).toContain('text/javascript');
  const page = await get('/campaigns/7');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const etag = page.headers.get('etag') ?? '';
  expect((await get('/', { 'if-none-match': etag })).status).toBe(304);
  expect((await get('/connect')).headers.get('cache-control')).toBe('no-store');
  expect((await get('/connect/assets/index-abc.js')).status).toBe(200);
  for (const path of [
    '/assets/..%2findex.html',
    '/assets/none.js',
    '/index.html',
    '/connect/assets/none.js',
    '/package.json',
  ]) {
    expect((await get(path)).status).toBe(404);
  }
  await server.stop();
});

it('tells in its log how to claim an installation that nobody owns, and not once somebody does', async () => {
  const fresh = await createTestDb();
  const told: string[] = [];
  const warn = (_: object, message: string) => void told.push(message);
  const log = { info: () => {}, warn, error: () => {} };
  await (await start({ databaseUrl: fresh.url, log })).stop();
  const [, code = ''] = /\/start claim_([\w-]{16})$/.exec(told.join()) ?? [];
  const owner = { telegramId: '78', firstName: 'Ada', language: 'en' } as const;
  await claimWithCode(fresh.app, { code, owner, fallbackName: 'Harbour', now: new Date() });
  await (await start({ databaseUrl: fresh.url, log })).stop();
  expect(told).toHaveLength(1);
  await fresh.close();
});

it('ends within moments although an event stream is open', async () => {
  await claimWorkspace(db.owner, {
    name: 'Harbour',
    owner: { telegramId: '77', firstName: 'Ada', language: 'en' },
    now: new Date(),
  });
  const server = await start();
  const signIn = await fetch(`${server.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { authorization: `tma ${signLaunch('77', new Date())}` },
  });
  const { token } = (await signIn.json()) as { token: string };
  const stream = await fetch(`${server.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const reader = stream.body!.getReader();
  await reader.read();
  const before = Date.now();
  await server.stop();
  expect((await reader.read()).done).toBe(true);
  expect(Date.now() - before).toBeLessThan(2_500);
});
