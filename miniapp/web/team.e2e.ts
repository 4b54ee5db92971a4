import { AxeBuilder } from '@axe-core/playwright';
import { sql } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInvitation } from '#db/commands/accept-invitation.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const openTeam = (telegramId: string, look: Parameters<Stage['open']>[1] = {}) =>
  stage.open(telegramId, { startParam: 'team', ...look });
const answer = (page: Page, button: string) =>
  page.getByRole('alertdialog').getByRole('button', { name: button }).click();
const rolesIn = async (workspaceId: string): Promise<string[]> => {
  const rows = await stage.db.owner.execute<{ role: string }>(
    sql`select role from member where workspace_id = ${workspaceId} order by role desc`,
  );
  return rows.map(({ role }) => role);
};
const untilRolesIn = (workspaceId: string) => expect.poll(() => rolesIn(workspaceId), { timeout: 10_000 });

describe('the team', () => {
  it('is reached from the campaigns, and grows by a link while one looks', async () => {
    const { telegramId, workspaceId } = await stage.claim('Harbour');
    const { page, app, faults, close } = await stage.open(telegramId);
    await app.getByRole('link', { name: 'Team' }).click();
    await shows(app, 'Ada (you)');
    await app.getByLabel('Role of the invited person').selectOption('operator');
    await shows(app, 'An operator runs campaigns and parsing.');
    await app.getByLabel('How long the link holds').selectOption('1');
    await app.getByRole('button', { name: 'Make a link' }).click();
    const link = await app.getByLabel('The link works once').inputValue();
    expect(link).toMatch(/^https:\/\/t\.me\/usher_bot\?start=i_[\w-]{32}$/);
    await shows(app, 'Open invitations');
    await shows(app, /^by Ada, until /);

    const token = link.split('i_')[1] ?? '';
    const person = { telegramId: '31337', firstName: 'Zoë', username: 'zoe', language: 'en' as const };
    await acceptInvitation(stage.db.app, { token, person, now: new Date() });
    await stage.relay();
    await shows(app, '@zoe');
    await app.getByText('Open invitations').waitFor({ state: 'detached' });
    expect(await rolesIn(workspaceId)).toEqual(['owner', 'operator']);
    await page.getByRole('button', { name: 'Back' }).click();
    await shows(app, 'No campaigns yet');
    expect(faults).toEqual([]);
    await close();
  });

  it('is changed after a question, and not without an answer', async () => {
    const { telegramId, workspaceId, add } = await stage.claim('Changed');
    await add('viewer');
    const { page, app, close } = await openTeam(telegramId);
    const role = app.getByLabel('Role of Bob');
    await role.selectOption('admin');
    await answer(page, 'Cancel');
    expect(await rolesIn(workspaceId)).toEqual(['owner', 'viewer']);
    await role.selectOption('admin');
    await answer(page, 'Change role');
    await untilRolesIn(workspaceId).toEqual(['owner', 'admin']);
    await app.getByRole('button', { name: 'Remove Bob' }).click();
    await answer(page, 'Remove');
    await app.getByText('Bob').waitFor({ state: 'detached' });
    expect(await rolesIn(workspaceId)).toEqual(['owner']);
    // The last owner can neither be lowered nor leave.
    expect(await app.getByRole('button', { name: /Leave|Remove/ }).count()).toBe(0);
    expect(await app.getByLabel('Role of Ada').count()).toBe(0);
    await close();
  });

  it('is only read by a viewer, who may leave and is out at once', async () => {
    const { workspaceId, add } = await stage.claim('Left');
    const { page, app, close } = await openTeam(await add('viewer'));
    await shows(app, 'Bob (you)');
    expect(await app.getByText('Invite somebody').count()).toBe(0);
    expect(await app.getByRole('combobox').count()).toBe(0);
    await app.getByRole('button', { name: 'Leave' }).click();
    await answer(page, 'Leave');
    await shows(app, 'The session has ended');
    expect(await rolesIn(workspaceId)).toEqual(['owner']);
    await close();
  });

  it('wants a panel opened moments ago, says so, and offers to close it', async () => {
    const { telegramId, workspaceId, add } = await stage.claim('Stale');
    await add('viewer');
    const { page, app, close } = await openTeam(telegramId);
    await shows(app, 'Ada (you)');
    await stage.db.owner.execute(
      sql`update server_session set launched_at = launched_at - interval '5 minutes'
        where workspace_id = ${workspaceId}`,
    );
    await app.getByLabel('Role of Bob').selectOption('owner');
    await answer(page, 'Change role');
    await shows(app, 'This needs a panel opened within the last five minutes');
    expect(await rolesIn(workspaceId)).toEqual(['owner', 'viewer']);
    await app.getByRole('button', { name: 'Close' }).click();
    await page.locator('#mini-app iframe').waitFor({ state: 'detached' });
    await close();
  });

  it('says why it cannot be shown, and is shown when asked again', async () => {
    const { telegramId } = await stage.claim('Retried');
    const path = '**/api/v1/members?*';
    const { page, app, close } = await openTeam(telegramId, {
      prepare: async (opened) => {
        await opened.route(path, (route) => route.fulfill({ status: 403, body: '{"code":"forbidden"}' }));
        // The live stream would have it asked again before anybody can.
        await opened.route('**/api/v1/events', (route) => route.abort());
      },
    });
    await shows(app, 'The team cannot be shown');
    await page.unroute(path);
    await app.getByRole('button', { name: 'Try again' }).click();
    await shows(app, 'Ada (you)');
    await close();
  });
});

describe('sessions', () => {
  it('are ended from another, and the page there closes its door at once', async () => {
    const { telegramId } = await stage.claim('Two');
    const other = await stage.open(telegramId);
    await shows(other.app, 'Live');
    const { app, close } = await openTeam(telegramId);
    await app.getByRole('button', { name: 'End' }).click();
    await stage.relay();
    await shows(other.app, 'The session has ended');
    await app.getByRole('button', { name: 'End' }).waitFor({ state: 'detached' });
    await shows(app, 'Two · this one');
    await other.close();
    await close();
  });

  it('end by signing out, and a new launch signs in without a reload', async () => {
    const { telegramId } = await stage.claim('Again');
    const { page, app, faults, close } = await openTeam(telegramId);
    await app.getByRole('button', { name: 'Sign out' }).click();
    await shows(app, 'The session has ended');
    const launch = new URLSearchParams({ tgWebAppData: stage.signLaunch(telegramId) });
    for (const [name, value] of [
      ['tgWebAppVersion', '9.0'],
      ['tgWebAppPlatform', 'web'],
      ['tgWebAppThemeParams', '{}'],
    ] as const) {
      launch.set(name, value);
    }
    let loads = 0;
    page.on('framenavigated', () => {
      loads += 1;
    });
    await app.locator('html').evaluate((_, hash) => {
      Object.assign(window, { isSamePage: true });
      location.hash = hash;
    }, launch.toString());
    await shows(app, 'Ada (you)');
    expect(await app.locator('html').evaluate(() => 'isSamePage' in window)).toBe(true);
    expect(loads).toBe(1);
    // The stream that ends asks once more whether the session is over, and is told.
    expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
    await close();
  });
});

it('goes over into another workspace of the same person with the same session', async () => {
  const { telegramId } = await stage.claim('Near');
  const owner = { telegramId, firstName: 'Ada', language: 'en' as const };
  await claimWorkspace(stage.db.owner, { name: 'Far', owner, now: new Date() });
  const { page, app, faults, close } = await openTeam(telegramId);
  await app.getByRole('button', { name: 'Switch to Far' }).click();
  await shows(app, 'No campaigns yet');
  await shows(app, /^Far$/);
  const signIns: string[] = [];
  page.on('request', (request) => request.url().endsWith('/sign-in') && signIns.push(request.url()));
  await app.getByRole('link', { name: 'Team' }).click();
  await app.getByRole('button', { name: 'Switch to Near' }).waitFor();
  await shows(app, 'Far · this one');
  expect(signIns).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

it.each(['en', 'ru'] as const)('is clean by axe in %s, light and dark, narrow and wide', async (language) => {
  const { telegramId, add } = await stage.claim(language === 'en' ? 'Looks' : 'Виды', language);
  await add('viewer');
  await add('admin');
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      const { page, app, faults, close } = await openTeam(telegramId, { theme, width });
      await app.getByRole('button', { name: language === 'en' ? 'Make a link' : 'Создать ссылку' }).click();
      await shows(app, language === 'en' ? 'Open invitations' : 'Открытые приглашения');
      const { violations } = await new AxeBuilder({ page }).include(['#mini-app iframe', 'html']).analyze();
      const found = violations.map(({ id, nodes }) => `${theme} ${width}: ${id} ${nodes[0]?.html}`);
      expect(found).toEqual([]);
      const isScrolledAside = await app
        .locator('html')
        .evaluate((html) => html.scrollWidth > html.clientWidth);
      expect(isScrolledAside, `${theme} ${width}`).toBe(false);
      for (const touched of await app.locator('a, button, select, input').all()) {
        expect((await touched.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      expect(faults).toEqual([]);
      await close();
    }
  }
});
