import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { inject } from 'vitest';
import { Secret } from '#core/secret.ts';
import { fixedKeys } from '#core/session-keys.ts';
import type { Language } from '#core/statuses.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import type { CommandContext } from '#db/context.ts';
import { createTestDb } from '#db/testing/test-db.ts';
import { startServer } from '#miniapp/server/main.ts';
import { buildPage } from '#miniapp/web/testing/build-page.ts';
import { CHROMIUM_ARGS } from '#miniapp/web/testing/open-stage.ts';
import { createSandbox } from '#sandbox/compose.ts';
import { createControlClient } from '#sandbox/control/client.ts';
import { startWorker } from '#workers/main.ts';
import { sessionKey, suppressionKey } from '#workers/testing/keys.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;
export type NewAccount = { firstName: string; username?: string; phone: string; dcId?: number } & {
  password?: { value: string; hint?: string };
};

/** The real thing around the page: database, server, worker, an offline Telegram, and Chromium. */
export const openStage = async () => {
  await Promise.all([buildPage('web'), buildPage('connect')]);
  const db = await createTestDb();
  const sandbox = await createSandbox({ seed: 'connect', scenario: { name: 'empty' } });
  const control = createControlClient(sandbox.control.url);
  const clock = {
    now: () => new Date(),
    realMsUntil: (moment: Date) => Math.max(0, moment.getTime() - Date.now()),
  };
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const dcMap = Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`]));
  const serve = (port: number) =>
    startServer({
      databaseUrl: db.url,
      botToken: new Secret('424242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
      botApiUrl: sandbox.botApi.url,
      suppressionKey,
      host: '127.0.0.1',
      port,
      clock,
      timeScale: 1,
      hostOrigin: undefined,
      log,
    });
  const hire = () =>
    startWorker({
      databaseUrl: db.url,
      telegram: {
        apiId: 1,
        apiHash: new Secret('hash'),
        offline: { dcMap, trustedKey: sandbox.rsaPublicKey },
      },
      sessionKeys: fixedKeys(sessionKey),
      suppressionKey,
      clock,
      log,
      concurrency: 8,
    });
  let server = await serve(0);
  let worker = await hire();
  const { url } = server;
  const browser = await chromium.launch({ executablePath: inject('chromiumPath'), args: CHROMIUM_ARGS });

  return {
    db,
    control,
    url,
    /** A link to the page, as bot and panel hand it out to the owner of a workspace of its own. */
    async link(name: string, language: Language = 'en') {
      const now = new Date();
      const owner = { telegramId: String(now.getTime() + Math.floor(performance.now())), firstName: 'Ada' };
      const { workspaceId, operatorId } = await claimWorkspace(db.owner, {
        name,
        owner: { ...owner, language },
        now,
      });
      const actor = { kind: 'operator', operatorId, role: 'owner' } as const;
      const context: CommandContext = { db: db.app, actor, workspaceId, now };
      const make = async () => `${url}/connect#${(await createConnectLink(context)).token.reveal()}`;
      return { workspaceId, make, url: await make() };
    },
    /** Somebody with a Telegram account. */
    async addAccount(account: NewAccount): Promise<string> {
      const { users } = await control.seed({ users: [account] });
      return users[0] ?? '';
    },
    /** A fresh browser of a person. */
    async visit(address: string, look: BrowserContextOptions = {}) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        locale: 'en',
        reducedMotion: 'reduce',
        ...look,
      });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.goto(address);
      return { page, context, faults, close: () => context.close() };
    },
    /** Reads the code off the screen, as a phone's camera does. */
    async readCode(page: Page): Promise<string> {
      const png = await page.getByRole('img').screenshot();
      const reader = await browser.newPage();
      const { data, width, height } = await reader.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const drawing = canvas.getContext('2d');
        drawing?.drawImage(bitmap, 0, 0);
        const image = drawing?.getImageData(0, 0, bitmap.width, bitmap.height);
        return { data: [...(image?.data ?? [])], width: bitmap.width, height: bitmap.height };
      }, png.toString('base64'));
      await reader.close();
      return decodeQR({ data: Uint8ClampedArray.from(data), width, height });
    },
    stopServer: () => server.stop(),
    async restartServer() {
      server = await serve(Number(new URL(url).port));
    },
    /** The worker ends in order; another takes its place when told. */
    dismissWorker: () => worker.stop(),
    async hireWorker() {
      worker = await hire();
    },
    async close() {
      await browser.close();
      await server.stop();
      await worker.stop();
      await sandbox.close();
      await db.close();
    },
  };
};
