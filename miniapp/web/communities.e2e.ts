import { AxeBuilder } from '@axe-core/playwright';
import { and, eq } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, community, communityAccess, communityHit, communitySearch } from '#db/schema/index.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const openCommunities = (telegramId: string, look: Parameters<Stage['open']>[1] = {}) =>
  stage.open(telegramId, { startParam: 'communities', ...look });
const card = (app: FrameLocator, name: string) => app.getByRole('listitem').filter({ hasText: name });

const lighthouse = {
  reference: '@lighthouse',
  kind: 'channel',
  title: 'Lighthouse Gazette',
  username: 'lighthouse',
  membersCount: 12_400,
  membersHidden: true,
  linkedTelegramId: '1500000001',
  recentComments: 31,
  about: 'News of the coast: tides, keepers, and the lamps that are still lit at night.',
  language: 'en',
} as const;
const lamps = {
  reference: '@lamplighters',
  kind: 'supergroup',
  title: 'Lamplighters',
  username: 'lamplighters',
  membersCount: 830,
  membersHidden: false,
  language: 'ru',
} as const;

/** A community as an account would have left it after reading. */
const addCommunity = async (
  workspaceId: string,
  facts: Partial<typeof community.$inferInsert> & { reference: string },
): Promise<string> => {
  const now = new Date();
  const [row] = await stage.db.owner
    .insert(community)
    .values({ workspaceId, createdAt: now, checkedAt: now, lastPostAt: now, ...facts })
    .returning();
  return row?.id ?? '';
};
const addAccount = async (workspaceId: string, more: Partial<typeof account.$inferInsert> = {}) => {
  const [row] = await stage.db.owner
    .insert(account)
    .values({
      workspaceId,
      telegramId: '700700700',
      firstName: 'Grace',
      username: 'grace',
      status: 'active',
      connectedAt: new Date(),
      ...more,
    })
    .returning();
  return row?.id ?? '';
};
const markOf = async (communityId: string) =>
  (await stage.db.owner.select().from(community).where(eq(community.id, communityId)))[0]?.mark;

describe('the search for communities', () => {
  it('is reached by the bar, asks by words, and shows what is found while it is read', async () => {
    const { telegramId, workspaceId } = await stage.claim('Searched');
    await addAccount(workspaceId);
    const { app, faults, close } = await stage.open(telegramId);
    await app.getByRole('link', { name: 'Communities' }).click();
    await shows(app, 'Nothing saved yet');
    await shows(app, '20 of 20 searches an hour are left');
    const search = app.getByRole('button', { name: 'Search', exact: true });
    await app.getByLabel('Words').fill('li');
    expect(await search.isDisabled()).toBe(true);
    await app.getByLabel('Words').fill('lighthouse');
    await search.click();
    await shows(app, 'asking Telegram');
    await shows(app, 'Nothing to show yet');

    const [row] = await stage.db.owner
      .select()
      .from(communitySearch)
      .where(and(eq(communitySearch.workspaceId, workspaceId), eq(communitySearch.words, 'lighthouse')));
    const searchId = row?.id ?? '';
    const read = await addCommunity(workspaceId, { ...lighthouse, mark: 'found' });
    const unread = await addCommunity(workspaceId, { reference: '@later', mark: 'found', checkedAt: null });
    await stage.db.owner
      .insert(communityHit)
      .values(
        [read, unread].map((communityId, position) => ({ searchId, communityId, workspaceId, position })),
      );
    await stage.db.owner
      .update(communitySearch)
      .set({ status: 'done', finishedAt: new Date() })
      .where(eq(communitySearch.id, searchId));
    await stage.publish(workspaceId, { kind: 'community_search.done', payload: { searchId, found: 2 } });
    await shows(app, 'Lighthouse Gazette');
    await shows(app, 'read 1 of 2');
    await shows(app, 'An account has still to read it.');

    await stage.db.owner
      .update(community)
      .set({ title: 'Later Club', kind: 'group', membersCount: 5, checkedAt: new Date() })
      .where(eq(community.id, unread));
    await stage.publish(workspaceId, { kind: 'community.checked', payload: { communityId: unread } });
    await shows(app, 'Later Club');
    await shows(app, '2 communities');
    expect(faults).toEqual([]);
    await close();
  });

  it('takes many references at once and no more than a hundred', async () => {
    const { telegramId, workspaceId } = await stage.claim('Pasted');
    await addAccount(workspaceId);
    const { app, close } = await openCommunities(telegramId);
    await app.getByRole('button', { name: 'Paste a list' }).click();
    const field = app.getByLabel('Communities, one after the other');
    await field.fill(Array.from({ length: 101 }, (_, n) => `@club${n}`).join('\n'));
    await shows(app, 'There are 101, and at most 100 go at once.');
    await field.fill('@lighthouse https://t.me/lamplighters\n@lighthouse');
    await app.getByRole('button', { name: 'Search', exact: true }).click();
    await shows(app, '@lighthouse');
    await shows(app, 'read 0 of 2');
    expect(await stage.db.owner.$count(community, eq(community.workspaceId, workspaceId))).toBe(2);
    await close();
  });

  it("asks for an account's own chats, and says what to do where there is no account", async () => {
    const { telegramId, workspaceId } = await stage.claim('Dialogs');
    const { app, close } = await openCommunities(telegramId);
    await shows(app, 'No account can search now.');
    await app.getByRole('button', { name: 'An account’s chats' }).click();
    await shows(app, 'No account is connected yet.');
    await addAccount(workspaceId);
    await stage.publish(workspaceId, { kind: 'account.connected', payload: { accountId: workspaceId } });
    await app.getByLabel('Whose chats').waitFor();
    await app.getByRole('button', { name: 'Search', exact: true }).click();
    await shows(app, 'asking Telegram');
    const [row] = await stage.db.owner
      .select()
      .from(communitySearch)
      .where(eq(communitySearch.workspaceId, workspaceId));
    expect(row?.kind).toBe('dialogs');
    await close();
  });

  it('asks with any account, or with the one that is chosen of several', async () => {
    const { telegramId, workspaceId } = await stage.claim('Askers', 'ru');
    await addAccount(workspaceId);
    const hana = await addAccount(workspaceId, { telegramId: '700700701', username: 'hana' });
    const { app, close } = await openCommunities(telegramId);
    await app.getByLabel('Слова').fill('lighthouse');
    const choice = app.getByLabel('Аккаунт', { exact: true });
    await choice.waitFor();
    expect(await choice.locator('option').allInnerTexts()).toEqual(['Любой аккаунт', '@grace', '@hana']);
    await choice.selectOption('@hana');
    await app.getByRole('button', { name: 'Искать', exact: true }).click();
    await shows(app, 'спрашиваем Telegram');
    const [row] = await stage.db.owner
      .select()
      .from(communitySearch)
      .where(eq(communitySearch.workspaceId, workspaceId));
    expect(row?.accountId).toBe(hana);
    await close();
  });

  it('goes on from a channel to those like it, and refuses with what to do when nobody can ask', async () => {
    const { telegramId, workspaceId } = await stage.claim('Similar');
    const communityId = await addCommunity(workspaceId, lighthouse);
    const { app, close } = await openCommunities(telegramId);
    const similar = app.getByRole('button', { name: 'Similar: Lighthouse Gazette' });
    await similar.click();
    await shows(app, 'No account has read this community yet.');
    const accountId = await addAccount(workspaceId);
    await stage.db.owner
      .insert(communityAccess)
      .values({ workspaceId, communityId, accountId, accessHash: '1' });
    await similar.click();
    await shows(app, 'Similar to Lighthouse Gazette');
    await close();
  });
});

describe('the lists', () => {
  it('hold each community with what was read, and a block that can be taken back', async () => {
    const { telegramId, workspaceId } = await stage.claim('Listed');
    const communityId = await addCommunity(workspaceId, lighthouse);
    const { app, faults, close } = await openCommunities(telegramId);
    const gazette = card(app, 'Lighthouse Gazette').last();
    for (const fact of ['12,400 members', 'members hidden', 'has a discussion', '31 recent comments']) {
      await shows(app, fact);
    }
    expect(await app.getByRole('link', { name: '@lighthouse' }).getAttribute('href')).toBe(
      'https://t.me/lighthouse',
    );
    await app.getByRole('button', { name: 'Block: Lighthouse Gazette' }).click();
    await shows(app, 'Lighthouse Gazette is blocked.');
    expect(await markOf(communityId)).toBe('blocked');
    await shows(app, 'Nothing saved yet');
    await app.getByRole('button', { name: 'Undo' }).click();
    await gazette.getByRole('link', { name: 'Collect people' }).waitFor();
    expect(await markOf(communityId)).toBe('saved');
    await app.getByRole('button', { name: 'Block: Lighthouse Gazette' }).click();
    await app.getByRole('button', { name: 'Blocked', exact: true }).click();
    await app.getByRole('button', { name: 'Unblock: Lighthouse Gazette' }).click();
    await shows(app, 'Lighthouse Gazette is in Found.');
    await app.getByRole('button', { name: 'Found', exact: true }).click();
    await app.getByRole('button', { name: 'Save: Lighthouse Gazette' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('are narrowed by filters, and come page by page', async () => {
    const { telegramId, workspaceId } = await stage.claim('Paged');
    await addCommunity(workspaceId, lighthouse);
    for (let n = 0; n < 21; n += 1) {
      await addCommunity(workspaceId, { ...lamps, reference: `@lamps${n}`, title: `Lamps ${n}.` });
    }
    const { app, close } = await openCommunities(telegramId);
    await shows(app, 'Lamps 20.');
    expect(await app.getByRole('heading', { level: 2, name: /^Lamps/ }).count()).toBe(20);
    await app.getByRole('button', { name: 'Show more' }).click();
    await shows(app, 'Lighthouse Gazette');
    await app.getByText('Filters').click();
    await app.getByLabel('Kind').selectOption('channel');
    await app.getByText('Lamps 20.').waitFor({ state: 'detached' });
    await shows(app, 'Lighthouse Gazette');
    await app.getByLabel('Members').selectOption('0');
    await shows(app, 'Nothing fits the filters');
    await shows(app, 'Filters: 2');
    await app.getByRole('button', { name: 'Clear' }).click();
    await shows(app, 'Lamps 20.');
    await close();
  });

  it('are only read by a viewer', async () => {
    const { workspaceId, add } = await stage.claim('Read');
    await addCommunity(workspaceId, lighthouse);
    const { app, close } = await openCommunities(await add('viewer'));
    await shows(app, 'Lighthouse Gazette');
    expect(await app.getByText('Search communities').count()).toBe(0);
    expect(await app.getByRole('button', { name: /^(Save|Block|Let go|Similar):/ }).count()).toBe(0);
    expect(await app.getByRole('link', { name: 'Collect people' }).count()).toBe(0);
    await close();
  });
});

/** Telegram on a desk may give the Mini App the whole window. */
const widen = (page: Page) =>
  page.addStyleTag({ content: '#mini-app { position: fixed; inset: 0; width: auto; max-width: none; }' });

it.each(['en', 'ru'] as const)('is clean by axe in %s, light and dark, narrow and wide', async (language) => {
  const { telegramId, workspaceId } = await stage.claim(language === 'en' ? 'Looks' : 'Виды', language);
  await addAccount(workspaceId);
  await addCommunity(workspaceId, lighthouse);
  await addCommunity(workspaceId, lamps);
  await addCommunity(workspaceId, { reference: '@closed', refusal: 'community.private', kind: null });
  await stage.db.owner.insert(communitySearch).values({
    workspaceId,
    kind: 'words',
    words: 'lighthouse',
    status: 'done',
    createdAt: new Date(),
  });
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      const { page, app, faults, close } = await openCommunities(telegramId, { theme, width });
      await shows(app, 'Lighthouse Gazette');
      if (width === 1280) await widen(page);
      await app.locator('summary').click();
      const { violations } = await new AxeBuilder({ page }).include(['#mini-app iframe', 'html']).analyze();
      const found = violations.map(({ id, nodes }) => `${theme} ${width}: ${id} ${nodes[0]?.html}`);
      expect(found).toEqual([]);
      const isScrolledAside = await app
        .locator('html')
        .evaluate((html) => html.scrollWidth > html.clientWidth);
      expect(isScrolledAside, `${theme} ${width}`).toBe(false);
      for (const touched of await app.locator('a, button, select, input, summary').all()) {
        expect((await touched.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      if (process.env.SHOTS) {
        const height = await app.locator('html').evaluate((html) => html.scrollHeight);
        await page.setViewportSize({ width, height: height + 60 });
        await page.screenshot({ path: `${process.env.SHOTS}/communities-${language}-${theme}-${width}.png` });
      }
      expect(faults).toEqual([]);
      await close();
    }
  }
});
