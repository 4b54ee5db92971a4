import { AxeBuilder } from '@axe-core/playwright';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const answer = async (page: Page, label: string, text: string) => {
  await page.getByLabel(label).fill(text);
  await page.getByLabel(label).press('Enter');
};
const code = () => ({ name: 'QR code for signing in, to be scanned with Telegram' });
const axe = async (page: Page, name: string) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
};

describe('connecting by QR code', () => {
  it('goes from the link to a connected account within two seconds of the scan', async () => {
    const user = await stage.addAccount({ firstName: 'Grace', username: 'grace_h', phone: '79991110001' });
    const { url } = await stage.link('Harbour');
    const { page, faults, close } = await stage.visit(url);
    await page.getByRole('img', code()).waitFor();
    expect(page.url()).toBe(`${stage.url}/connect`);
    expect(await page.getByRole('timer').textContent()).toMatch(/^0:2\d$/);
    const shown = await stage.readCode(page);
    const scannedAt = performance.now();
    await stage.control.acceptLogin(user, shown);
    await shows(page, '@grace_h is connected');
    expect(performance.now() - scannedAt).toBeLessThan(2000);
    await shows(page, /^It starts gently/);
    expect(faults).toEqual([]);
    await close();
  });

  it('says of an account that was connected before that it keeps its history', async () => {
    const user = await stage.addAccount({ firstName: 'Ida', phone: '79991110002' });
    const { url, make } = await stage.link('Twice');
    for (const [address, words] of [
      [url, /^It starts gently/],
      [await make(), /^It was connected before/],
    ] as const) {
      const { page, close } = await stage.visit(address);
      await page.getByRole('img', code()).waitFor();
      await stage.control.acceptLogin(user, await stage.readCode(page));
      await shows(page, 'Ida is connected');
      await shows(page, words);
      await close();
    }
  });
});

describe('connecting by phone', () => {
  it('speaks Russian, asks again after a wrong code and a wrong password, and shows the hint', async () => {
    const password = { value: 'right', hint: 'как обычно' };
    await stage.addAccount({
      firstName: 'Anna',
      username: 'anna_k',
      phone: '79991110003',
      password,
      dcId: 4,
    });
    const { url } = await stage.link('Гавань', 'ru');
    const { page, faults, close } = await stage.visit(url);
    await shows(page, 'для Гавань');
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    await press(page, 'Войти по номеру');
    await answer(page, 'Номер телефона аккаунта', '12');
    await shows(page, /^Telegram не знает такого номера/);
    await answer(page, 'Номер телефона аккаунта', '+7 999 111-00-03');
    await answer(page, 'Код от Telegram', '00000');
    await shows(page, /^Код не совпал/);
    await answer(page, 'Код от Telegram', await stage.control.code('79991110003'));
    await shows(page, 'Подсказка владельца: как обычно');
    await answer(page, 'Пароль двухэтапной проверки', 'wrong');
    await page.getByRole('alert').waitFor();
    await answer(page, 'Пароль двухэтапной проверки', 'right');
    await shows(page, '@anna_k: аккаунт подключён');
    expect(faults).toEqual([]);
    await close();
  });

  it('goes on after a reload, and in two tabs at once', async () => {
    await stage.addAccount({ firstName: 'Max', phone: '79991110004' });
    const { url } = await stage.link('Tabs');
    const { page, context, close } = await stage.visit(url);
    await press(page, 'Use the phone number');
    await answer(page, 'Phone number of the account', '79991110004');
    await page.getByLabel('Code from Telegram').waitFor();
    await page.reload();
    await page.getByLabel('Code from Telegram').waitFor();
    const second = await context.newPage();
    await second.goto(url);
    await answer(second, 'Code from Telegram', await stage.control.code('79991110004'));
    await shows(second, 'Max is connected');
    await shows(page, 'Max is connected');
    await close();
  });

  it.each([
    ['PHONE_NUMBER_BANNED', /^Telegram has banned this number/],
    ['FLOOD_WAIT_7200', /The wait lasts 2 h\.$/],
  ])('says why it ends at %s, and begins again', async (text, words) => {
    await stage.control.addFault({
      match: { method: 'auth.sendCode', times: 1 },
      action: { kind: 'rpcError', text },
    });
    const { url } = await stage.link('Refused');
    const { page, close } = await stage.visit(url);
    await press(page, 'Use the phone number');
    await answer(page, 'Phone number of the account', '79991110005');
    await shows(page, 'The account was not connected');
    await shows(page, words);
    await press(page, 'Use a QR code');
    await page.getByRole('img', code()).waitFor();
    await close();
  });
});

describe('the link', () => {
  it('opens the page once: another browser is told that it was used', async () => {
    const { url } = await stage.link('Once');
    const first = await stage.visit(url);
    await first.page.getByRole('img', code()).waitFor();
    const second = await stage.visit(url);
    await shows(second.page, /^This link has been used already/);
    await axe(second.page, 'used');
    await Promise.all([first.close(), second.close()]);
  });

  it('that is out of date, and none at all, say where to get one', async () => {
    const { url, workspaceId } = await stage.link('Late');
    await stage.db.owner.execute(
      sql`update connect_link set expires_at = clock_timestamp() where workspace_id = ${workspaceId}`,
    );
    const late = await stage.visit(url);
    await shows(late.page, /^This link is no longer good/);
    await late.close();
    const bare = await stage.visit(`${stage.url}/connect`);
    await shows(bare.page, 'Nothing to open here');
    await bare.close();
  });
});

describe('when something is wrong', () => {
  it('says that the line is lost, and goes on when it is back', async () => {
    const user = await stage.addAccount({ firstName: 'Lev', phone: '79991110006' });
    const { url } = await stage.link('Lost');
    const { page, close } = await stage.visit(url);
    await page.getByRole('img', code()).waitFor();
    const shown = await stage.readCode(page);
    await stage.stopServer();
    await shows(page, /^The connection is lost/);
    await stage.control.acceptLogin(user, shown);
    await stage.restartServer();
    await shows(page, 'Lev is connected');
    expect(await page.getByText(/^The connection is lost/).count()).toBe(0);
    await close();
  });

  it('says that the worker is gone, and begins again with the next', async () => {
    const { url } = await stage.link('Gone');
    const { page, close } = await stage.visit(url);
    await page.getByRole('img', code()).waitFor();
    await stage.dismissWorker();
    await shows(page, 'The worker that did this is gone');
    await press(page, 'Use a QR code');
    await shows(page, 'Calling a worker…');
    await shows(page, /^No worker has answered yet/);
    await stage.hireWorker();
    await page.getByRole('img', code()).waitFor();
    await press(page, 'Cancel');
    await shows(page, 'The sign-in was cancelled');
    await close();
  });
});

describe('its look', () => {
  it.each([
    ['light', 390, 'en'],
    ['dark', 390, 'ru'],
    ['light', 1280, 'ru'],
    ['dark', 1280, 'en'],
  ] as const)('is clean by axe: %s, %i wide, %s', async (colorScheme, width, language) => {
    const words = {
      en: { other: 'Русский', phone: 'Use the phone number', cancel: 'Cancel' },
      ru: { other: 'English', phone: 'Войти по номеру', cancel: 'Отменить' },
    }[language];
    const { url } = await stage.link('Looks', language);
    const { page, close } = await stage.visit(url, { colorScheme, viewport: { width, height: 844 } });
    await page.getByRole('img').waitFor();
    await axe(page, 'scan');
    await press(page, words.phone);
    await page.locator('input').fill('12');
    await page.locator('input').press('Enter');
    await page.getByRole('alert').waitFor();
    await axe(page, 'phone');
    for (const button of await page.getByRole('button').all()) {
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await press(page, words.cancel);
    await page.locator('h2').waitFor();
    await axe(page, 'cancelled');
    await press(page, words.other);
    await page.locator(`html[lang="${language === 'en' ? 'ru' : 'en'}"]`).waitFor();
    await page.reload();
    await page.locator(`html[lang="${language === 'en' ? 'ru' : 'en'}"]`).waitFor();
    await close();
  });
});
