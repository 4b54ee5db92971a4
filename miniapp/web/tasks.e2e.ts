import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { eq } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, audience, community, parseTask, peopleExport, person, sighting } from '#db/schema/index.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const openTask = (telegramId: string, taskId: string, look: Parameters<Stage['open']>[1] = {}) =>
  stage.open(telegramId, { startParam: `t_${taskId}`, ...look });
const answer = (page: Page, button: string) =>
  page.getByRole('alertdialog').getByRole('button', { name: button }).click();
const taskOf = async (taskId: string) =>
  (await stage.db.owner.select().from(parseTask).where(eq(parseTask.id, taskId)))[0];
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>;

const addAccount = async (workspaceId: string, state: Row<typeof account> = {}): Promise<string> => {
  const row = { telegramId: '700700700', firstName: 'Grace', username: 'grace', connectedAt: new Date() };
  const [added] = await stage.db.owner
    .insert(account)
    .values({ workspaceId, status: 'active', ...row, ...state })
    .returning();
  return added?.id ?? '';
};
const addCommunity = async (workspaceId: string, facts: Row<typeof community> = {}): Promise<string> => {
  const now = new Date();
  const [row] = await stage.db.owner
    .insert(community)
    .values({
      workspaceId,
      reference: '@lamplighters',
      kind: 'supergroup',
      title: 'Lamplighters',
      username: 'lamplighters',
      membersCount: 8_300,
      membersHidden: false,
      messagesCount: 42_000,
      createdAt: now,
      checkedAt: now,
      ...facts,
    })
    .returning();
  return row?.id ?? '';
};

/** A task as a worker would have left it, with so many people found. */
const addTask = async (workspaceId: string, state: Row<typeof parseTask> = {}, people = 0) => {
  const accountId = state.accountId ?? (await addAccount(workspaceId));
  const communityId = state.communityId ?? (await addCommunity(workspaceId));
  const [row] = await stage.db.owner
    .insert(parseTask)
    .values({
      workspaceId,
      communityId,
      accountId,
      source: 'messages',
      speed: 'medium',
      priority: 'normal',
      status: 'running',
      seenCount: 1_200,
      totalCount: 4_800,
      mediaCount: 310,
      impersonalCount: 12,
      peopleCount: people,
      createdAt: minutesAgo(9),
      startedAt: minutesAgo(8),
      ...state,
    })
    .returning();
  const taskId = row?.id ?? '';
  for (let n = 0; n < people; n += 1) {
    const [added] = await stage.db.owner
      .insert(person)
      .values({
        workspaceId,
        telegramId: String(900_000_000 + n),
        username: n % 2 === 0 ? `keeper${n}` : null,
        firstName: n % 3 === 0 ? 'Мария' : 'Keeper',
        lastName: `No${String(n).padStart(3, '0')}`,
        isBot: n === 1,
        isDeleted: false,
        isScam: false,
        isPremium: n % 5 === 0,
        hasPhoto: n % 2 === 0,
        isAdminSomewhere: n === 2,
        lastSeen: n % 2 === 0 ? 'recently' : 'month',
        seenAt: minutesAgo(n),
      })
      .returning();
    await stage.db.owner.insert(sighting).values({
      personId: added?.id ?? '',
      parseTaskId: taskId,
      workspaceId,
      communityId,
      accountId,
      ordinal: n,
      at: new Date(),
    });
  }
  return taskId;
};

describe('a new task', () => {
  it('is read by any account, or by the one that is chosen of several', async () => {
    const { telegramId, workspaceId } = await stage.claim('Chosen');
    await addAccount(workspaceId);
    const hana = await addAccount(workspaceId, { telegramId: '700700701', username: 'hana' });
    await addAccount(workspaceId, { telegramId: '700700702', username: 'away', status: 'disabled' });
    await addCommunity(workspaceId);
    const { page, app, close } = await stage.open(telegramId, { startParam: 'communities' });
    await app.getByRole('link', { name: 'Collect people' }).click();
    const choice = app.getByLabel('Account', { exact: true });
    await choice.waitFor();
    expect(await choice.locator('option').allInnerTexts()).toEqual(['Any account', '@grace', '@hana']);
    expect(await choice.inputValue()).toBe('any');
    await choice.selectOption('@hana');
    await page.locator('#mini-app').getByRole('button', { name: 'Start collecting', exact: true }).click();
    await shows(app, 'Progress');
    const [row] = await stage.db.owner.select().from(parseTask).where(eq(parseTask.workspaceId, workspaceId));
    expect(row?.accountId).toBe(hana);
    await close();
  });

  it('begins at a community, shows how long it takes at each speed, and starts with what one wished', async () => {
    const { telegramId, workspaceId } = await stage.claim('Started');
    await addAccount(workspaceId);
    await addCommunity(workspaceId);
    const { page, app, faults, close } = await stage.open(telegramId, { startParam: 'communities' });
    await app.getByRole('link', { name: 'Collect people' }).click();
    await shows(app, 'Everybody in the group’s list of members.');
    await shows(app, /8,300 members, \d+ requests/);
    const medium = await app.getByText(/^About /).textContent();
    await app.getByRole('button', { name: 'Safe' }).click();
    await shows(app, 'at most 20 requests a minute');
    expect(await app.getByText(/^About /).textContent()).not.toBe(medium);
    await app.getByRole('button', { name: 'Authors of messages' }).click();
    await shows(app, /42,000 messages/);
    await app.getByLabel('Messages from').fill('2026-03-01');
    await app.getByLabel('Messages to').fill('2026-03-31');
    await app.getByLabel('Keyword').fill('lamp');
    await app.getByLabel('Least messages').fill('3');
    await app.getByRole('button', { name: 'High' }).click();
    await page.locator('#mini-app').getByRole('button', { name: 'Start collecting', exact: true }).click();
    await shows(app, 'Progress');
    const [row] = await stage.db.owner.select().from(parseTask).where(eq(parseTask.workspaceId, workspaceId));
    expect(row).toMatchObject({ source: 'messages', speed: 'safe', priority: 'high' });
    expect(row?.wish).toEqual({
      since: '2026-03-01T00:00:00.000Z',
      until: '2026-04-01T00:00:00.000Z',
      keyword: 'lamp',
      minMessages: 3,
    });
    await page.getByRole('button', { name: 'Back' }).click();
    await shows(app, 'New task');
    expect(faults).toEqual([]);
    await close();
  });

  it('is refused with what to do, and leads to the communities where there is none', async () => {
    const { telegramId, workspaceId } = await stage.claim('Refused');
    const { page, app, close } = await stage.open(telegramId, { startParam: 'tasks' });
    await shows(app, 'Nothing is being collected');
    await app.getByRole('link', { name: 'New task' }).click();
    await shows(app, 'No community to collect from');
    const accountId = await addAccount(workspaceId);
    const communityId = await addCommunity(workspaceId);
    await addTask(workspaceId, { accountId, communityId, source: 'members' });
    await stage.publish(workspaceId, { kind: 'community.checked', payload: { communityId } });
    await shows(app, 'Everybody in the group’s list of members.');
    await page.locator('#mini-app').getByRole('button', { name: 'Start collecting', exact: true }).click();
    await shows(app, 'This is already being collected. Follow the task that runs.');
    await close();
  });
});

describe('a task', () => {
  it('moves while one looks, from reading to whom it has found', async () => {
    const { telegramId, workspaceId } = await stage.claim('Moving');
    const taskId = await addTask(workspaceId);
    const { app, faults, close } = await openTask(telegramId, taskId);
    await shows(app, '1,200 of 4,800');
    await shows(app, '@grace');
    expect(await app.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    await stage.db.owner.update(parseTask).set({ seenCount: 2_400 }).where(eq(parseTask.id, taskId));
    const progress = { people: 0, seen: 2_400, media: 310, total: 4_800, ratePerMinute: 90, secondsLeft: 60 };
    await stage.publish(workspaceId, { kind: 'parse_task.progressed', payload: { taskId, ...progress } });
    await shows(app, '2,400 of 4,800');
    await stage.db.owner
      .update(parseTask)
      .set({ status: 'done', reason: 'parse_task.nobody_often', finishedAt: new Date() })
      .where(eq(parseTask.id, taskId));
    const because = 'parse_task.nobody_often';
    await stage.publish(workspaceId, {
      kind: 'parse_task.finished',
      payload: { taskId, people: 0, because },
    });
    await shows(app, 'Nothing found: people wrote, but nobody as often as you asked.');
    await shows(app, /^Done$/);
    expect(faults).toEqual([]);
    await close();
  });

  it('says why its account rests and until when', async () => {
    const { telegramId, workspaceId } = await stage.claim('Resting');
    const recoversAt = new Date(Date.now() + 30 * 60_000);
    const resting = { status: 'cooling', statusError: 'FLOOD_WAIT', recoversAt } as const;
    const accountId = await addAccount(workspaceId, resting);
    const taskId = await addTask(workspaceId, { accountId });
    const { app, close } = await openTask(telegramId, taskId);
    await shows(app, /The account rests: asked to wait\. It goes on by itself at \d/);
    await close();
  });

  it('is paused, resumed, cancelled after a question, begun anew and deleted', async () => {
    const { telegramId, workspaceId } = await stage.claim('Steered');
    const taskId = await addTask(workspaceId);
    const { page, app, close } = await openTask(telegramId, taskId);
    const press = (name: string) => app.getByRole('button', { name, exact: true }).click();
    await press('Pause');
    await shows(app, /^Paused$/);
    await press('Resume');
    await app.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await press('Cancel task');
    await answer(page, 'Cancel task');
    await shows(app, /^Cancelled$/);
    expect((await taskOf(taskId))?.status).toBe('cancelled');
    await press('Start anew');
    await press('Pause');
    await shows(app, /^Paused$/);
    await press('Delete');
    await answer(page, 'Delete');
    await shows(app, 'Nothing is being collected');
    expect(await taskOf(taskId)).toBeUndefined();
    await close();
  });

  it('is only read by a viewer', async () => {
    const { workspaceId, add } = await stage.claim('Read');
    const taskId = await addTask(workspaceId, { status: 'done' }, 3);
    const { app, close } = await openTask(await add('viewer'), taskId);
    await shows(app, 'Keeper No001');
    expect(await app.getByText('Take away').count()).toBe(0);
    expect(await app.getByRole('button').count()).toBe(0);
    await close();
  });
});

/** As the clients that are no web page, which put nothing around a Mini App. */
const frameAsAnApp = async (page: Page) => {
  await page.addInitScript(() => {
    const setAttribute = HTMLIFrameElement.prototype.setAttribute;
    HTMLIFrameElement.prototype.setAttribute = function (name, value) {
      if (name !== 'sandbox') setAttribute.call(this, name, value);
    };
  });
};

describe('whom a task has found', () => {
  it('is counted, searched, narrowed and sorted, and comes page by page', async () => {
    const { telegramId, workspaceId } = await stage.claim('People');
    const taskId = await addTask(workspaceId, { status: 'done' }, 60);
    const { app, faults, close } = await openTask(telegramId, taskId);
    await shows(app, '60 people');
    await shows(app, /With a username 30/);
    await shows(app, 'Cyrillic 20 · Latin 40');
    await shows(app, 'Keeper No001');
    expect(await app.getByText(/No\d{3}$/).count()).toBe(50);
    const untilShown = () => expect.poll(() => app.getByText(/No\d{3}$/).count(), { timeout: 10_000 });
    await app.getByRole('button', { name: 'Show more' }).click();
    await untilShown().toBe(60);
    await app.getByLabel('Order').selectOption('-name');
    await shows(app, 'Мария No057');
    await app.getByLabel('Bots').selectOption('false');
    await app.getByText('Keeper No001').waitFor({ state: 'detached' });
    await shows(app, '59 people');
    await app.getByLabel('Name or username').fill('@keeper4');
    await untilShown().toBe(6);
    await app.getByLabel('Name or username').fill('nobody');
    await shows(app, 'Nobody fits.');
    expect(faults).toEqual([]);
    await close();
  });

  it('is brought by the bot as a file, or saved where the client allows it and it is not too large', async () => {
    const { telegramId, workspaceId } = await stage.claim('Exported');
    const taskId = await addTask(workspaceId, { status: 'done' }, 4);
    const { page, app, close } = await openTask(telegramId, taskId, { prepare: frameAsAnApp });
    const orders = async () => {
      const rows = await stage.db.owner
        .select()
        .from(peopleExport)
        .where(eq(peopleExport.workspaceId, workspaceId));
      return rows.map(({ format }) => format).sort();
    };
    await app.getByRole('button', { name: 'Export as XLSX' }).click();
    await shows(app, 'The bot brings you the file');
    expect(await orders()).toEqual(['xlsx']);

    await app.getByRole('button', { name: 'Save on this device' }).click();
    const downloading = page.waitForEvent('download');
    await app.getByRole('button', { name: 'Export as CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text).toContain('keeper2');
    await shows(app, 'The file was handed to your device.');
    expect(await orders()).toEqual(['xlsx']);

    await page.route('**/api/v1/people/export*', (route) =>
      route.fulfill({ status: 413, body: '{"code":"export.too_large"}' }),
    );
    await app.getByRole('button', { name: 'Export as JSON' }).click();
    await shows(app, 'larger than a megabyte');
    expect(await orders()).toEqual(['json', 'xlsx']);
    await close();
  });

  it('becomes an audience, without those the filters leave out', async () => {
    const { telegramId, workspaceId } = await stage.claim('Audience');
    const taskId = await addTask(workspaceId, { status: 'done' }, 4);
    const { app, close } = await openTask(telegramId, taskId);
    await app.getByLabel('Bots').selectOption('false');
    await app.getByLabel('Name of the audience').fill('Keepers');
    await app.getByRole('button', { name: 'Make an audience' }).click();
    await shows(app, 'The audience is being put together.');
    const [made] = await stage.db.owner.select().from(audience).where(eq(audience.workspaceId, workspaceId));
    expect(made?.name).toBe('Keepers');
    expect(made?.source).toMatchObject({
      taskIds: [taskId],
      filter: { keepsBots: false, keepsAdmins: true },
    });
    await close();
  });
});

/** Telegram on a desk may give the Mini App the whole window. */
const widen = (page: Page) =>
  page.addStyleTag({ content: '#mini-app { position: fixed; inset: 0; width: auto; max-width: none; }' });

it.each(['en', 'ru'] as const)('is clean by axe in %s, light and dark, narrow and wide', async (language) => {
  const { telegramId, workspaceId } = await stage.claim(language === 'en' ? 'Looks' : 'Виды', language);
  const taskId = await addTask(workspaceId, { movedBecause: 'CHANNEL_PRIVATE' }, 6);
  const section = language === 'en' ? 'Parsing' : 'Сбор';
  const fresh = language === 'en' ? 'New task' : 'Новая задача';
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      const { page, app, faults, close } = await openTask(telegramId, taskId, { theme, width });
      if (width === 1280) await widen(page);
      const look = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).include(['#mini-app iframe', 'html']).analyze();
        const found = violations.map(({ id, nodes }) => `${name} ${theme} ${width}: ${id} ${nodes[0]?.html}`);
        expect(found).toEqual([]);
        const isScrolledAside = await app
          .locator('html')
          .evaluate((html) => html.scrollWidth > html.clientWidth);
        expect(isScrolledAside, `${name} ${theme} ${width}`).toBe(false);
        for (const touched of await app.locator('a, button, select, input').all()) {
          expect((await touched.boundingBox())?.height).toBeGreaterThanOrEqual(44);
        }
        if (process.env.SHOTS) {
          const height = await app.locator('html').evaluate((html) => html.scrollHeight);
          await page.setViewportSize({ width, height: height + 130 });
          await page.screenshot({ path: `${process.env.SHOTS}/${name}-${language}-${theme}-${width}.png` });
        }
      };
      await shows(app, 'Keeper No001');
      await look('task');
      await app.getByRole('link', { name: section }).click();
      await shows(app, 'Lamplighters');
      await look('tasks');
      await app.getByRole('link', { name: fresh }).click();
      await app.getByRole('status').filter({ hasText: /\d/ }).first().waitFor();
      await look('new-task');
      expect(faults).toEqual([]);
      await close();
    }
  }
});
