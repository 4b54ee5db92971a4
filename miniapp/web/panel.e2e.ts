import { AxeBuilder } from '@axe-core/playwright';
import { and, eq, inArray } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breaker, campaign, target } from '#db/schema/index.ts';
import { type SeededPerson, seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const people: SeededPerson[] = [
  { name: 'Mara', username: 'mara', status: 'joined' },
  { name: 'Jonas', status: 'refused', reason: 'USER_PRIVACY_RESTRICTED' },
  { name: 'Wanda', status: 'waiting', reason: 'USER_CHANNELS_TOO_MUCH', waitsHours: 5 },
  { name: 'Timur', username: 'timur', status: 'pending' },
];
const minutesAhead = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const seed = (workspaceId: string, name = 'Autumn regulars') =>
  seedCampaign(stage.db.owner, workspaceId, {
    name,
    status: 'running',
    now: new Date(),
    people,
    lanes: [
      { name: 'Grace', username: 'grace', nextSlotAt: minutesAhead(12), nextSlotBecause: 'pause' },
      { name: 'Dennis', status: 'cooling', statusError: 'FLOOD_WAIT', recoversAt: minutesAhead(90) },
    ],
  });
const stopByBreaker = async (workspaceId: string, campaignId: string, communityId: string) => {
  const evidence = { kind: 'privacy_refusals', counted: 31, sample: 50, allowed: 30 } as const;
  await stage.db.owner
    .insert(breaker)
    .values({ workspaceId, campaignId, communityId, ...evidence, openedAt: new Date() });
  await stage.db.owner
    .update(campaign)
    .set({ status: 'paused', statusBecause: 'breaker_privacy_refusals' })
    .where(eq(campaign.id, campaignId));
};
const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const axe = async (page: Page, name: string) => {
  const { violations, passes } = await new AxeBuilder({ page })
    .include(['#mini-app iframe', 'html'])
    .analyze();
  // Only inside the frame is there a progress bar with a name: axe has looked there.
  expect(passes.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['aria-progressbar-name', 'color-contrast']),
  );
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
};

describe('the list', () => {
  it('signs in with the launch and shows every campaign with its progress', async () => {
    const { telegramId, workspaceId } = await stage.claim('Harbour');
    await seed(workspaceId);
    const { app, faults, close } = await stage.open(telegramId);
    await shows(app, 'Harbour · 1 campaign');
    const progress = app.getByRole('progressbar');
    expect(await progress.getAttribute('aria-valuenow')).toBe('50');
    expect(await progress.getAttribute('aria-label')).toBe('50% done');
    await shows(app, 'Running');
    expect(faults).toEqual([]);
    await close();
  });

  it('says what to expect when there is none yet', async () => {
    const { telegramId } = await stage.claim('Blank');
    const { app, close } = await stage.open(telegramId);
    await shows(app, 'No campaigns yet');
    await close();
  });

  it('shows campaigns that appear while one looks', async () => {
    const { telegramId, workspaceId } = await stage.claim('Growing');
    const { app, close } = await stage.open(telegramId);
    await shows(app, 'Live');
    const { campaignId } = await seed(workspaceId, 'Newcomers');
    await stage.publish(workspaceId, { kind: 'campaign.started', payload: { campaignId } });
    await shows(app, 'Newcomers');
    await close();
  });

  it('speaks Russian to whom Usher knows as Russian-speaking', async () => {
    const { telegramId, workspaceId } = await stage.claim('Гавань', 'ru');
    await seed(workspaceId);
    const { app, close } = await stage.open(telegramId);
    await shows(app, 'Гавань · 1 кампания');
    await shows(app, 'Идёт');
    expect(await app.locator('html').getAttribute('lang')).toBe('ru');
    await close();
  });
});

describe('a campaign', () => {
  it('shows lanes with countdowns, reasons in plain words, and who waits until when', async () => {
    const { telegramId, workspaceId } = await stage.claim('Detail');
    const { campaignId } = await seed(workspaceId);
    const { app, faults, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    await shows(app, '@grace');
    await shows(app, 'Pausing between two invites');
    expect(await app.getByRole('timer').first().textContent()).toMatch(/^1[12]:\d\d$/);
    await shows(app, 'Cooling down: asked to wait');
    await shows(app, 'Privacy forbids adding');
    await shows(app, /^not before \d/);
    await shows(app, /@mara joined Lighthouse Club/);
    expect(faults).toEqual([]);
    await close();
  });

  it('moves when a row changes, without a reload', async () => {
    const { telegramId, workspaceId } = await stage.claim('Moving');
    const { campaignId, targetIds } = await seed(workspaceId);
    const { app, close } = await stage.open(telegramId);
    await app.getByText('Autumn regulars').click();
    await shows(app, '2 of 4');
    await stage.db.owner
      .update(target)
      .set({ status: 'joined' })
      .where(eq(target.id, targetIds[3] ?? ''));
    await stage.publish(workspaceId, { kind: 'campaign.progressed', payload: { campaignId } });
    await shows(app, '3 of 4');
    expect(await app.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('75');
    await close();
  });

  it('is cancelled for good after asking, with everybody who was still to come', async () => {
    const { telegramId, workspaceId } = await stage.claim('Ending');
    const { campaignId } = await seed(workspaceId);
    const { page, app, faults, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    const answer = (name: string) => page.getByRole('alertdialog').getByRole('button', { name }).click();
    await app.getByRole('button', { name: 'Stop for good' }).click();
    await answer('Cancel');
    await shows(app, /^Running$/);
    await app.getByRole('button', { name: 'Stop for good' }).click();
    await answer('Stop for good');
    await shows(app, /^Cancelled$/);
    expect(await app.getByRole('button', { name: 'Stop for good' }).count()).toBe(0);
    const open = await stage.db.owner
      .select({ status: target.status })
      .from(target)
      .where(and(eq(target.campaignId, campaignId), inArray(target.status, ['pending', 'waiting'])));
    expect(open).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  it('is paused by the main button after asking, and resumed by it', async () => {
    const { telegramId, workspaceId } = await stage.claim('Steered');
    const { campaignId } = await seed(workspaceId);
    const statusOf = async () =>
      (await stage.db.owner.select().from(campaign).where(eq(campaign.id, campaignId)))[0]?.status;
    const { page, app, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    const mainButton = (name: string) => page.locator('#mini-app').getByRole('button', { name, exact: true });

    await mainButton('Pause campaign').click();
    await page.getByText('Pause the campaign?').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await statusOf()).toBe('running');

    await mainButton('Pause campaign').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Pause campaign' }).click();
    await shows(app, /^Paused$/);
    expect(await statusOf()).toBe('paused');

    await mainButton('Resume campaign').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Resume campaign' }).click();
    await shows(app, /^Running$/);
    expect(await statusOf()).toBe('running');
    await close();
  });

  it('that a breaker has stopped shows what was counted, and goes on only with a reason', async () => {
    const { telegramId, workspaceId } = await stage.claim('Stopped');
    const { campaignId, communityId } = await seed(workspaceId);
    await stopByBreaker(workspaceId, campaignId, communityId);
    const { page, app, faults, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    const resume = page.locator('#mini-app').getByRole('button', { name: 'Resume campaign', exact: true });
    await shows(app, 'Privacy refusals among the last 50: 31, allowed 30');
    await axe(page, 'stopped');
    expect(await resume.isDisabled()).toBe(true);
    await app.getByLabel('Why is it safe to go on?').fill('another audience');
    await resume.click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Resume campaign' }).click();
    await shows(app, /^Running$/);
    const [row] = await stage.db.owner.select().from(breaker).where(eq(breaker.campaignId, campaignId));
    expect(row?.closeReason).toBe('another audience');
    expect(faults).toEqual([]);
    await close();
  });

  it('has no main button for a viewer', async () => {
    const { add, workspaceId } = await stage.claim('Watched');
    const { campaignId } = await seed(workspaceId);
    const { page, app, close } = await stage.open(await add('viewer'), { startParam: `c_${campaignId}` });
    await shows(app, 'Accounts at work');
    expect(await page.getByRole('button', { name: 'Pause campaign' }).count()).toBe(0);
    await close();
  });

  it('leads back to the list by the back button of Telegram', async () => {
    const { telegramId, workspaceId } = await stage.claim('Back');
    const { campaignId } = await seed(workspaceId);
    const { page, app, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    await shows(app, 'Accounts at work');
    await page.getByRole('button', { name: 'Back' }).click();
    await shows(app, 'Back · 1 campaign');
    await page.getByRole('button', { name: 'Close' }).first().waitFor();
    await close();
  });

  it('of another workspace cannot be shown, and says so', async () => {
    const { telegramId } = await stage.claim('Curious');
    const other = await stage.claim('Private');
    const { campaignId } = await seed(other.workspaceId);
    const { app, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    await shows(app, 'This campaign cannot be shown');
    await close();
  });
});

describe('the bar of sections', () => {
  it('says where one is, leads on, and keeps the current one in sight where it is narrow', async () => {
    const { telegramId, workspaceId } = await stage.claim('Sections');
    await seed(workspaceId);
    const { page, app, close } = await stage.open(telegramId);
    const bar = app.getByRole('navigation', { name: 'Sections' });
    const here = bar.locator('[aria-current="page"]');
    expect(await here.textContent()).toBe('Campaigns');
    await app.getByText('Autumn regulars').click();
    await shows(app, 'Accounts at work');
    expect(await here.textContent()).toBe('Campaigns');
    await page.setViewportSize({ width: 320, height: 700 });
    await bar.getByRole('link', { name: 'Team' }).click();
    await shows(app, 'Ada (you)');
    expect(await here.textContent()).toBe('Team');
    const isInSight = await here.evaluate((link) => {
      const [inner, outer] = [link, link.parentElement!].map((element) => element.getBoundingClientRect());
      return inner!.left >= outer!.left && inner!.right <= outer!.right;
    });
    expect(isInSight).toBe(true);
    await close();
  });
});

describe('when something is wrong', () => {
  it('tells that the line is lost, and goes on by itself when the server is back', async () => {
    const { telegramId, workspaceId } = await stage.claim('Lost');
    const { campaignId, targetIds } = await seed(workspaceId);
    const { app, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
    await shows(app, '2 of 4');
    await stage.stopServer();
    await shows(app, 'The connection is lost.');
    await stage.db.owner
      .update(target)
      .set({ status: 'joined' })
      .where(eq(target.id, targetIds[3] ?? ''));
    await stage.publish(workspaceId, { kind: 'campaign.progressed', payload: { campaignId } });
    await stage.restartServer();
    await shows(app, '3 of 4');
    await app.getByText('The connection is lost.').waitFor({ state: 'detached' });
    await close();
  });

  it('shows why the list cannot be fetched, and fetches it again on request', async () => {
    const { telegramId, workspaceId } = await stage.claim('Retried');
    await seed(workspaceId);
    const refusal = { type: 'about:blank', title: 'x', status: 403, code: 'forbidden', requestId: 'r' };
    const path = '**/api/v1/campaigns*';
    const { page, app, close } = await stage.open(telegramId, {
      prepare: async (opened) => {
        await opened.route(path, (route) => route.fulfill({ status: 403, body: JSON.stringify(refusal) }));
        // The live stream would have it asked again before anybody can.
        await opened.route('**/api/v1/events', (route) => route.abort());
      },
    });
    await shows(app, 'Your role does not allow this.');
    await page.unroute(path);
    await app.getByRole('button', { name: 'Try again' }).click();
    await shows(app, 'Autumn regulars');
    await close();
  });

  it('keeps the session over a reload, although a launch is good once', async () => {
    const { telegramId, workspaceId } = await stage.claim('Reloaded');
    await seed(workspaceId);
    const { page, app, close } = await stage.open(telegramId);
    await shows(app, 'Autumn regulars');
    const signIns: string[] = [];
    page.on('request', (request) => request.url().endsWith('/sign-in') && signIns.push(request.url()));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForResponse((response) => response.url().endsWith('/api/v1/me'));
    await shows(app, 'Autumn regulars');
    expect(signIns).toEqual([]);
    await close();
  });

  it('turns to a closed door when the session has ended', async () => {
    const { add, workspaceId } = await stage.claim('Ended');
    const { campaignId } = await seed(workspaceId);
    const { app, close } = await stage.open(await add('viewer'));
    await shows(app, 'Autumn regulars');
    await stage.db.owner.execute(
      `delete from member where workspace_id = '${workspaceId}' and role = 'viewer'`,
    );
    await stage.publish(workspaceId, { kind: 'campaign.progressed', payload: { campaignId } });
    await shows(app, 'The session has ended');
    await close();
  });

  it('tells a stranger whom to ask', async () => {
    const { telegramId, workspaceId } = await stage.claim('Closed');
    await stage.db.owner.execute(`delete from member where workspace_id = '${workspaceId}'`);
    const { app, close } = await stage.open(telegramId);
    await shows(app, 'You do not belong to a workspace yet.');
    await close();
  });

  it('asks to be opened from Telegram when it is opened elsewhere', async () => {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    await page.goto(stage.url);
    await page.getByText('Open Usher from Telegram').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await context.close();
  });
});

describe('its look', () => {
  it('follows the theme while it is open, and is clean by axe in both, narrow and wide', async () => {
    const { telegramId, workspaceId } = await stage.claim('Looks');
    await seed(workspaceId);
    const { page, app, faults, close } = await stage.open(telegramId);
    const toggle = () => page.evaluate(() => document.getElementById('toggle-theme')?.click());
    const background = () =>
      app
        .locator('ul a')
        .first()
        .evaluate((card) => getComputedStyle(card).backgroundColor);
    await shows(app, 'Live');
    for (const [width, height] of [
      [390, 844],
      [900, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await background()).toBe('rgb(255, 255, 255)');
      await axe(page, `list, light, ${width}`);
      await toggle();
      await app.locator('html[data-theme="dark"]').waitFor();
      expect(await background()).toBe('rgb(33, 33, 33)');
      await axe(page, `list, dark, ${width}`);
      await app.getByText('Autumn regulars').click();
      await shows(app, 'Held back by');
      await axe(page, `campaign, dark, ${width}`);
      await toggle();
      await app.locator('html[data-theme="light"]').waitFor();
      await axe(page, `campaign, light, ${width}`);
      await page.getByRole('button', { name: 'Back' }).click();
      await shows(app, '1 campaign');
    }
    expect(faults).toEqual([]);
    await close();
  });

  it('loads at most 150 KB of script, packed', async () => {
    const { telegramId } = await stage.claim('Light');
    const sizes: Promise<number>[] = [];
    const { app, close } = await stage.open(telegramId, {
      prepare: async (page) => {
        page.on('requestfinished', (request) => {
          const isOurs = request.url().startsWith(`${stage.url}/assets/`) && request.url().endsWith('.js');
          if (isOurs) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
        });
      },
    });
    await shows(app, 'Live');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThanOrEqual(150 * 1024);
    await close();
  });

  it('has touch targets of at least 44 pixels', async () => {
    const { telegramId, workspaceId } = await stage.claim('Touched');
    await seed(workspaceId);
    const { app, close } = await stage.open(telegramId);
    await shows(app, 'Autumn regulars');
    for (const element of await app.locator('a, button').all()) {
      expect((await element.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await close();
  });
});
