import { sign } from '@tma.js/init-data-node';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { UsherEvent } from '#core/events.ts';
import type { Role } from '#core/roles.ts';
import { Secret } from '#core/secret.ts';
import { fixedKeys } from '#core/session-keys.ts';
import type { Language } from '#core/statuses.ts';
import { addMember } from '#db/commands/add-member.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { inWorkspace } from '#db/context.ts';
import { publishEvents } from '#db/events.ts';
import { appendEvent } from '#db/outbox.ts';
import { createTestDb } from '#db/testing/test-db.ts';
import { startServer } from '#miniapp/server/main.ts';
import { createSandbox } from '#sandbox/compose.ts';
import { createControlClient } from '#sandbox/control/client.ts';
import { startWorker } from '#workers/main.ts';
import { sessionKey } from '#workers/testing/keys.ts';
import { buildPage } from './build-page.ts';

const TOKEN = '424242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const BOT = 'usher_bot';
const SUPPRESSION_KEY = Buffer.alloc(32, 6);
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The real thing around the page: a database, the server, a chat of the offline Telegram, and Chromium. */
export const openStage = async () => {
  await Promise.all([buildPage('web'), buildPage('connect')]);
  const db = await createTestDb();
  const sandbox = await createSandbox({ seed: 'panel', scenario: { name: 'empty' } });
  const control = createControlClient(sandbox.control.url);
  await control.seed({ users: [{ id: '424242', firstName: 'Usher', username: BOT, bot: { token: TOKEN } }] });

  const clock = {
    now: () => new Date(),
    realMsUntil: (moment: Date) => Math.max(0, moment.getTime() - Date.now()),
  };
  const log = () => undefined;
  const serve = (port: number) =>
    startServer({
      databaseUrl: db.url,
      botToken: new Secret(TOKEN),
      suppressionKey: SUPPRESSION_KEY,
      botApiUrl: sandbox.botApi.url,
      host: '127.0.0.1',
      port,
      clock,
      timeScale: 1,
      hostOrigin: new URL(sandbox.web.url).origin,
      log: { info: log, warn: log, error: log },
    });
  let server = await serve(0);
  const { url } = server;
  const button = { type: 'web_app', text: 'Panel', web_app: { url } };
  await fetch(`${sandbox.botApi.url}/bot${TOKEN}/setChatMenuButton`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ menu_button: button }),
  });
  const dcMap = Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`]));
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined;
  const browser = await chromium.launch({ executablePath: inject('chromiumPath'), args: CHROMIUM_ARGS });

  return {
    db,
    url,
    browser,
    /** A Telegram user who owns a workspace, and how others come into it. */
    async claim(name: string, language: Language = 'en') {
      const { users } = await control.seed({ users: [{ firstName: 'Ada', languageCode: language }] });
      const telegramId = users[0] ?? '';
      const now = new Date();
      const { workspaceId } = await claimWorkspace(db.owner, {
        name,
        owner: { telegramId, firstName: 'Ada', language },
        now,
      });
      const add = async (role: Role) => {
        const { users: added } = await control.seed({
          users: [{ firstName: 'Bob', languageCode: language }],
        });
        const member = { telegramId: added[0] ?? '', firstName: 'Bob', language, role };
        await addMember({ db: db.app, actor: { kind: 'system', part: 'test' }, workspaceId, now }, member);
        return member.telegramId;
      };
      return { workspaceId, telegramId, add };
    },
    /** A worker, for what a page only orders. It publishes events too. */
    async hire() {
      worker ??= await startWorker({
        databaseUrl: db.url,
        telegram: {
          apiId: 1,
          apiHash: new Secret('hash'),
          offline: { dcMap, trustedKey: sandbox.rsaPublicKey },
        },
        sessionKeys: fixedKeys(sessionKey),
        suppressionKey: SUPPRESSION_KEY,
        clock,
        log: { debug: log, info: log, warn: log, error: log },
        concurrency: 4,
      });
    },
    /** Publishes what commands have written, as a worker's relay would. */
    relay: () => publishEvents(db.worker),
    /** Init data of one more launch of the Mini App by this user, as Telegram would sign it. */
    signLaunch: (telegramId: string) =>
      sign({ user: { id: Number(telegramId), first_name: 'Ada' } }, TOKEN, new Date()),
    /** Publishes an event as a worker's relay would. */
    async publish(workspaceId: string, event: UsherEvent) {
      await inWorkspace(db.app, workspaceId, (tx) =>
        appendEvent(
          tx,
          { db: db.app, actor: { kind: 'system', part: 'test' }, workspaceId, now: new Date() },
          event,
        ),
      );
      await publishEvents(db.worker);
    },
    /** Takes the server away, and brings it back at the same address. */
    stopServer: () => server.stop(),
    async restartServer() {
      server = await serve(Number(new URL(url).port));
    },
    open: (telegramId: string, look: Look = {}) => openPanel(browser, sandbox.web.url, telegramId, look),
    async close() {
      await browser.close();
      await worker?.stop();
      await server.stop();
      await sandbox.close();
      await db.close();
    },
  };
};

type Look = {
  theme?: 'light' | 'dark';
  width?: number;
  startParam?: string;
  locale?: string;
  /** Before the Mini App is opened. */
  prepare?: (page: Page) => Promise<void>;
};

/** A fresh browser at the chat page with the Mini App open: `app` is inside its frame, `page` is Telegram around it. */
const openPanel = async (
  browser: Browser,
  chatUrl: string,
  telegramId: string,
  { theme = 'light', width = 390, startParam = '', locale = 'en', prepare }: Look,
): Promise<{ page: Page; app: FrameLocator; faults: string[]; close(): Promise<void> }> => {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    locale,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await prepare?.(page);
  const query = new URLSearchParams({ user: telegramId, bot: BOT, theme, startapp: startParam });
  await page.goto(`${chatUrl}/chat?${query}`);
  const app = page.frameLocator('#mini-app iframe');
  return { page, app, faults, close: () => context.close() };
};
