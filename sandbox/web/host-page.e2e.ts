import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { Bot, InlineKeyboard } from 'grammy';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { TOKEN } from '#sandbox/testing/bot-token.ts';
import { createSandbox, type Sandbox } from '../compose.ts';
import { createControlClient } from '../control/client.ts';

/** A Mini App of plain messages: it lists what the host tells it. */
const APP_PAGE = `<!doctype html><title>App</title><ol id="heard"></ol><script>
  const send = (eventType, eventData) => parent.postMessage(JSON.stringify({ eventType, eventData }), '*');
  addEventListener('message', (event) => {
    const item = document.createElement('li');
    item.textContent = event.data;
    heard.append(item);
  });
  send('iframe_ready', { reload_supported: true });
  send('web_app_ready');
  send('web_app_request_theme');
  send('web_app_setup_main_button', { is_visible: true, text: 'Save' });
  send('web_app_setup_back_button', { is_visible: true });
</script>`;

let sandbox: Sandbox;
let browser: Browser;
let bot: Bot;
const app = createServer((_, response) => response.setHeader('content-type', 'text/html').end(APP_PAGE));

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1, scenario: { name: 'empty' } });
  await createControlClient(sandbox.control.url).seed({
    users: [{ id: '7000000001', firstName: 'Usher', username: 'usher_bot', bot: { token: TOKEN } }],
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
  bot = new Bot(TOKEN, { client: { apiRoot: sandbox.botApi.url } });
  bot.command('start', (ctx) =>
    ctx.reply('Hello', { reply_markup: new InlineKeyboard().text('Pause', 'pause').webApp('Open', url) }),
  );
  bot.callbackQuery('pause', async (ctx) => {
    await ctx.editMessageText('Paused');
    await ctx.answerCallbackQuery({ text: 'It is paused', show_alert: true });
  });
  void bot.start();
  browser = await chromium.launch({
    executablePath: inject('chromiumPath'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
  app.close();
  app.closeAllConnections();
  await sandbox?.close();
});

/** A new person's chat with the bot, started. */
async function openChat(theme: 'light' | 'dark' = 'light'): Promise<Page> {
  const { users } = await createControlClient(sandbox.control.url).seed({ users: [{ firstName: 'Anna' }] });
  const context = await browser.newContext({ viewport: { width: 1180, height: 800 }, locale: 'en-GB' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${sandbox.web.url}/chat?user=${users[0]}&bot=usher_bot&theme=${theme}&lang=en`);
  await page.getByRole('button', { name: 'START' }).click();
  await page.getByText('Hello', { exact: true }).waitFor();
  return page;
}

/** Opens the Mini App; answers what it heard. */
async function openApp(page: Page) {
  await page.getByRole('button', { name: 'Open' }).click();
  const heard = page.frameLocator('iframe').getByRole('listitem');
  await heard.filter({ hasText: 'theme_changed' }).waitFor();
  return heard;
}

it('presses a button of the bot, shows its alert and the message it edited', async () => {
  const page = await openChat();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('alertdialog', { name: 'It is paused' }).waitFor();
  await page.getByRole('button', { name: 'OK' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
});

it('hosts a Mini App: answers it, passes its native buttons on, tells it of a new theme', async () => {
  const page = await openChat();
  const heard = await openApp(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await heard.filter({ hasText: 'main_button_pressed' }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await heard.filter({ hasText: 'back_button_pressed' }).waitFor();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await heard.filter({ hasText: '#212121' }).waitFor();
  const log = await page.evaluate(() => window.hostLog.map(({ from, type }) => `${from} ${type}`));
  expect(log).toEqual(
    expect.arrayContaining(['app iframe_ready', 'host set_custom_style', 'host main_button_pressed']),
  );
});

it('listens to the frame of the Mini App alone', async () => {
  const page = await openChat();
  await openApp(page);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener('message', resolve, { once: true });
        window.postMessage(JSON.stringify({ eventType: 'web_app_close' }), '*');
      }),
  );
  expect(await page.locator('iframe').isVisible()).toBe(true);
});

it.each(['light', 'dark'] as const)('has no accessibility violations in the %s theme', async (theme) => {
  const page = await openChat(theme);
  await openApp(page);
  // The app answers for its frame, Telegram and the app for the colours of the native buttons.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').exclude('.bottom-bar').analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
});
