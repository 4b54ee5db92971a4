import { sql } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean } from './testing/expect-clean.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** A delivery as a worker would have left it, still to be tried. */
const deliver = (workspaceId: string, kind: string, tries: number) =>
  stage.db.owner.execute(sql`
    insert into webhook_delivery (workspace_id, webhook_id, position, kind, payload, at, created_at, tries, due_at, answer)
    select workspace_id, id, 1, ${kind}, '{}', now(), now(), ${tries}, now() + interval '1 hour', '503'
    from webhook where workspace_id = ${workspaceId}`);
/** On the open internet, and known without asking anybody. */
const ADDRESS = 'https://93.184.215.14/usher';
const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const answer = (page: Page, button: string) =>
  page.getByRole('alertdialog').getByRole('button', { name: button }).click();
const openSettings = (telegramId: string) => stage.open(telegramId, { startParam: 'settings' });
const callWith = (token: string) =>
  fetch(`${stage.url}/api/v1/campaigns`, { headers: { authorization: `Bearer ${token}` } });
const fillWebhook = async (app: FrameLocator, url: string) => {
  await app.getByLabel('Address').fill(url);
  await app.getByRole('button', { name: 'Add the webhook' }).click();
};

describe('API tokens', () => {
  it('are made with a role and an end, shown once, work, and are revoked after a question', async () => {
    const { telegramId } = await stage.claim('Harbour');
    const { page, app, faults, close } = await stage.open(telegramId);
    await app.getByRole('link', { name: 'Settings' }).click();
    await shows(app, 'No token works at the moment.');
    expect(await app.getByRole('button', { name: 'Make a token' }).isDisabled()).toBe(true);
    await app.getByLabel('What it is for').fill('Nightly report');
    await app.getByLabel('Role of the token').selectOption('operator');
    await app.getByLabel('How long the token holds').selectOption('7');
    await app.getByRole('button', { name: 'Make a token' }).click();
    const token = await app.getByLabel('The token is shown only now').inputValue();
    expect(token).toMatch(/^usher_/);
    await shows(app, /^Operator · by Ada · until /);
    expect((await callWith(token)).status).toBe(200);
    await app.getByRole('button', { name: 'Revoke Nightly report' }).click();
    await answer(page, 'Revoke');
    await shows(app, 'No token works at the moment.');
    expect((await callWith(token)).status).toBe(401);
    expect(faults).toEqual([]);
    await close();
  });

  it('want a panel opened moments ago, and say so', async () => {
    const { telegramId, workspaceId } = await stage.claim('Stale');
    const { app, close } = await openSettings(telegramId);
    await shows(app, 'No token works at the moment.');
    await stage.db.owner.execute(
      sql`update server_session set launched_at = launched_at - interval '5 minutes'
        where workspace_id = ${workspaceId}`,
    );
    await app.getByLabel('What it is for').fill('Late');
    await app.getByRole('button', { name: 'Make a token' }).click();
    await shows(app, 'This needs a panel opened within the last five minutes');
    await app.getByRole('button', { name: 'Close' }).waitFor();
    await close();
  });
});

describe('the keeping of people', () => {
  it('is shortened by an admin within its bounds, and tells what was forgotten', async () => {
    const { telegramId, workspaceId } = await stage.claim('Short');
    await stage.db.owner.execute(sql`
      insert into retention_run (workspace_id, kept_days, started_at, finished_at, people, sightings, refs, files,
        in_audience, in_campaign)
      values (${workspaceId}, 30, now(), now(), 12, 20, 3, 0, 4, 5)`);
    const { app, close } = await openSettings(telegramId);
    await shows(app, '12 people forgotten');
    await shows(app, 'old and kept: 4 in audiences, 5 in campaigns');
    const days = app.getByLabel('Days until they are forgotten');
    const keep = app.getByRole('button', { name: 'Keep so long' });
    expect(await keep.isDisabled()).toBe(true);
    await days.fill('99');
    await keep.click();
    await shows(app, 'Collected people are kept for 1 to 30 days');
    await days.fill('7');
    await keep.click();
    await app.getByText('Collected people are kept for 1 to 30 days').waitFor({ state: 'detached' });
    await app.getByRole('button', { name: 'Keep so long', disabled: true }).waitFor();
    await close();
    const later = await openSettings(telegramId);
    expect(await later.app.getByLabel('Days until they are forgotten').inputValue()).toBe('7');
    await later.close();
  });

  it('ends for one person at an owner’s word, typed twice, after all that is kept was shown', async () => {
    const { telegramId, workspaceId, add } = await stage.claim('Asked');
    await stage.db.owner.execute(sql`
      insert into person (workspace_id, telegram_id, username, first_name, is_bot, is_deleted, is_scam, is_premium,
        has_photo, is_admin_somewhere, last_seen, seen_at)
      values (${workspaceId}, 77001, 'gone_soon', 'Gone', false, false, false, false, false, false, 'recently', now())`);
    const { app, close } = await openSettings(telegramId);
    await app.getByLabel('Whose data').fill('@gone_soon');
    await app.getByRole('button', { name: 'Show everything kept of them' }).click();
    const kept = await app.getByLabel('Everything this workspace keeps of them').inputValue();
    expect(JSON.parse(kept).people).toMatchObject([{ telegramId: '77001', firstName: 'Gone' }]);
    await app.getByLabel('The same once more, to erase them').fill('@gone');
    await app.getByRole('button', { name: 'Erase for good' }).click();
    await shows(app, 'The person was not typed a second time just the same');
    await app.getByLabel('The same once more, to erase them').fill('@gone_soon');
    await app.getByRole('button', { name: 'Erase for good' }).click();
    await shows(app, 'Erased, with 0 sightings');
    const [row] = await stage.db.owner.execute(
      sql`select username, first_name, erased_at from person where workspace_id = ${workspaceId}`,
    );
    expect(row).toBeUndefined();
    await close();
    const admin = await openSettings(await add('admin'));
    await shows(admin.app, 'Keeping of collected people');
    expect(await admin.app.getByText('What one person may ask for').count()).toBe(0);
    await admin.close();
  });
});

describe('webhooks', () => {
  it('are added for some events, show the secret once, and are removed after a question', async () => {
    const { telegramId } = await stage.claim('Told');
    const { page, app, close } = await openSettings(telegramId);
    await shows(app, 'Nothing outside is told what happens here.');
    await app.getByLabel('Every event').uncheck();
    await app.getByLabel('Campaigns').check();
    await fillWebhook(app, ADDRESS);
    expect(await app.getByLabel('The secret that signs').inputValue()).toMatch(/^whsec_/);
    await shows(app, /^Campaigns$/);
    await app.getByRole('button', { name: 'What https' }).click();
    await shows(app, 'Nothing in the last seven days.');
    await app.getByRole('button', { name: 'Remove https' }).click();
    await answer(page, 'Remove');
    await shows(app, 'Nothing outside is told what happens here.');
    await close();
  });

  it('are refused in words when the address leads nowhere it may', async () => {
    const { telegramId } = await stage.claim('Refused');
    const { app, close } = await openSettings(telegramId);
    await fillWebhook(app, 'http://127.0.0.1:9/x');
    await shows(app, 'This address leads into a private network');
    await fillWebhook(app, 'nonsense');
    await shows(app, 'A webhook needs a whole address');
    await close();
  });

  it('that did not answer say why they are off and what they were told, and are switched on again', async () => {
    const { telegramId, workspaceId } = await stage.claim('Silent');
    const { app, close } = await openSettings(telegramId);
    await fillWebhook(app, ADDRESS);
    await shows(app, 'Works');
    await deliver(workspaceId, 'campaign.paused', 3);
    await stage.db.owner.execute(
      sql`update webhook set disabled_at = now(), disabled_because = '503' where workspace_id = ${workspaceId}`,
    );
    await app.getByRole('button', { name: 'What https' }).click();
    await shows(app, 'campaign.paused');
    await shows(app, /tries: 3 · answer: 503$/);
    const [hook] = await stage.db.owner.execute<{ id: string }>(
      sql`select id from webhook where workspace_id = ${workspaceId}`,
    );
    const payload = { webhookId: hook?.id ?? '', because: '503' };
    await stage.publish(workspaceId, { kind: 'webhook.disabled', payload });
    await shows(app, /It did not answer for too long \(503\)/);
    await app.getByRole('button', { name: 'Switch on https' }).click();
    await shows(app, 'Works');
    await close();
  });
});

it('settings are for admins, and say so to others', async () => {
  const { add } = await stage.claim('Closed');
  const { app, faults, close } = await openSettings(await add('operator'));
  await shows(app, 'This is for admins');
  expect(await app.getByRole('button').count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});

it.each(['en', 'ru'] as const)('settings are clean by axe in %s, light and dark', async (language) => {
  const { telegramId, workspaceId } = await stage.claim(language === 'en' ? 'Looks' : 'Виды', language);
  const isEn = language === 'en';
  const { app, close } = await openSettings(telegramId);
  await app.getByLabel(isEn ? 'What it is for' : 'Для чего он').fill('CRM');
  await app.getByRole('button', { name: isEn ? 'Make a token' : 'Создать ключ' }).click();
  await app.getByLabel(isEn ? 'Address' : 'Адрес').fill(ADDRESS);
  await app.getByRole('button', { name: isEn ? 'Add the webhook' : 'Добавить вебхук' }).click();
  await shows(app, isEn ? 'Works' : 'Работает');
  await close();
  await deliver(workspaceId, 'account.blocked', 1);
  await expectClean(stage, telegramId, {
    startParam: 'settings',
    until: async (panel) => {
      const told = panel.getByRole('button', { name: isEn ? 'What https' : 'Что сообщалось на' });
      const all = panel.getByLabel(isEn ? 'Every event' : 'Все события');
      await panel.getByText('CRM').waitFor();
      if (await told.isVisible()) {
        await told.click();
        await all.uncheck();
      }
      await shows(panel, 'account.blocked');
    },
  });
});
