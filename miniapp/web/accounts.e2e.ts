import { sql } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAccount } from '#db/commands/connect-account.ts';
import { account, accountAuthorization, communityAccess } from '#db/schema/accounts.ts';
import { community } from '#db/schema/communities.ts';
import { seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { expectClean } from './testing/expect-clean.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const answer = (page: Page, button: string) =>
  page.getByRole('alertdialog').getByRole('button', { name: button }).click();

let count = 0;
/** A workspace with one account, as a sign-in would have left it. */
const open = async (name: string, language: 'en' | 'ru' = 'en') => {
  const home = await stage.claim(name, language);
  const { workspaceId } = home;
  count += 1;
  const { accountId } = await connectAccount(
    { db: stage.db.app, actor: { kind: 'system', part: 'test' }, workspaceId, now: new Date() },
    {
      profile: {
        telegramId: String(7_000_000 + count),
        firstName: 'Grace',
        username: 'grace',
        isPremium: true,
      },
      seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
    },
  );
  return { ...home, accountId };
};
const stands = (accountId: string, set: Partial<typeof account.$inferInsert>) =>
  stage.db.owner.update(account).set(set).where(sql`id = ${accountId}`);
const statusOf = async (accountId: string) => {
  const [row] = await stage.db.owner.execute<{ status: string }>(
    sql`select status from account where id = ${accountId}`,
  );
  return row?.status;
};
const signIn = async (workspaceId: string, accountId: string, hash: string, device: string) => {
  const at = new Date(Date.now() - 3_600_000);
  const isCurrent = hash === '0';
  await stage.db.owner.insert(accountAuthorization).values({
    workspaceId,
    accountId,
    hash,
    isCurrent,
    device,
    app: 'Telegram 11',
    country: 'Germany',
    createdAt: at,
    activeAt: at,
  });
};

/** It was asked about a community, and what it may do there was read. */
const mayDo = async (workspaceId: string, accountId: string) => {
  const [club] = await stage.db.owner
    .insert(community)
    .values({ workspaceId, reference: '@club_here', title: 'Reading club', createdAt: new Date() })
    .returning({ id: community.id });
  await stage.db.owner.insert(communityAccess).values({
    ...{ workspaceId, accountId, communityId: club?.id ?? '', checkedAt: new Date() },
    ...{ isMember: true, isAdmin: true, mayInvite: true, adminRights: ['ban_users', 'invite_users'] },
  });
};

describe('the accounts', () => {
  it('are reached from the campaigns, tell how each stands, and move while one looks', async () => {
    const { telegramId, workspaceId, accountId } = await open('Harbour');
    const { page, app, faults, close } = await stage.open(telegramId);
    await app.getByRole('link', { name: 'Accounts' }).click();
    await shows(app, '@grace');
    await shows(app, 'Working');
    await shows(app, 'Live');
    const until = new Date(Date.now() + 90 * 60_000);
    await stands(accountId, {
      status: 'cooling',
      statusError: 'FLOOD_WAIT',
      recoversAt: until,
      waitError: 'FLOOD_WAIT',
    });
    const payload = { accountId, until: until.toISOString(), error: 'FLOOD_WAIT' };
    await stage.publish(workspaceId, { kind: 'account.cooling', payload });
    await shows(app, 'Cooling down');
    await shows(app, /^Asked to wait · goes on by itself · not before /);
    await app.getByRole('link', { name: /@grace/ }).click();
    await shows(app, 'Health 85 of 100');
    await shows(app, '−15');
    await shows(app, 'Invites in the last hour');
    await shows(app, 'Look-ups in the last 24 hours');
    await page.getByRole('button', { name: 'Back' }).click();
    await shows(app, 'Connect an account');
    await page.getByRole('button', { name: 'Back' }).click();
    await shows(app, 'No campaigns yet');
    expect(faults).toEqual([]);
    await close();
  });

  it('say what to do when there is none, and lead to the page that connects one', async () => {
    const { telegramId, add } = await stage.claim('Blank');
    const { page, app, close } = await stage.open(telegramId, { startParam: 'accounts' });
    await shows(app, 'No accounts yet');
    await app.getByRole('button', { name: 'Make a link' }).click();
    const link = await app.getByLabel('The link opens once').inputValue();
    expect(link).toMatch(/\/connect#[\w-]{43}$/);
    const connecting = await page.context().newPage();
    await connecting.goto(link);
    await connecting.getByText('Blank').first().waitFor();
    await close();
    const viewer = await stage.open(await add('operator'), { startParam: 'accounts' });
    await shows(viewer.app, 'Ask an admin of the workspace to connect one.');
    expect(await viewer.app.getByRole('button').count()).toBe(0);
    await viewer.close();
  });

  it('are shown page by page, and all at once where one of them is chosen', async () => {
    const { telegramId, workspaceId } = await stage.claim('Many');
    const lanes = Array.from({ length: 120 }, (_, index) => ({ name: `Account ${index + 1}` }));
    const campaign = { name: 'All', status: 'running' as const, now: new Date(), lanes };
    await seedCampaign(stage.db.owner, workspaceId, campaign);
    const { app, close } = await stage.open(telegramId, { startParam: 'accounts' });
    const shown = app.getByText(/^Account \d+$/);
    const more = app.getByRole('button', { name: 'Show more' });
    for (const count of [50, 100]) {
      await shows(app, `Account ${count}`);
      expect(await shown.count()).toBe(count);
      await more.click();
    }
    await shows(app, 'Account 120');
    expect([await shown.count(), await more.count()]).toEqual([120, 0]);
    await close();
    const choosing = await stage.open(telegramId, { startParam: 'communities' });
    await choosing.app.getByRole('button', { name: 'An account’s chats' }).click();
    const options = choosing.app.getByLabel('Whose chats').locator('option');
    await options.filter({ hasText: 'Account 120' }).waitFor({ state: 'attached' });
    expect(await options.count()).toBe(120);
    await choosing.close();
  });

  it('say why they cannot be shown, and are shown when asked again', async () => {
    const { telegramId } = await open('Retried');
    const path = '**/api/v1/accounts?*';
    const { page, app, close } = await stage.open(telegramId, {
      startParam: 'accounts',
      prepare: async (opened) => {
        await opened.route(path, (route) => route.fulfill({ status: 403, body: '{"code":"forbidden"}' }));
        // The live stream would have it asked again before anybody can.
        await opened.route('**/api/v1/events', (route) => route.abort());
      },
    });
    await shows(app, 'The accounts cannot be shown');
    await page.unroute(path);
    await app.getByRole('button', { name: 'Try again' }).click();
    await shows(app, '@grace');
    await close();
  });
});

describe('an account', () => {
  it('is refreshed, switched off and on, and removed, each after a question', async () => {
    const { telegramId, accountId } = await open('Changed');
    const { page, app, faults, close } = await stage.open(telegramId, { startParam: `a_${accountId}` });
    await app.getByRole('button', { name: 'Refresh' }).click();
    await shows(app, 'A worker reads profile and sessions');
    await shows(app, 'Refresh asked for');
    await app.getByRole('button', { name: 'Switch off' }).click();
    await answer(page, 'Cancel');
    expect(await statusOf(accountId)).toBe('active');
    await app.getByRole('button', { name: 'Switch off' }).click();
    await answer(page, 'Switch off');
    await app.getByRole('button', { name: 'Switch on' }).click();
    expect(await statusOf(accountId)).toBe('disabled');
    await answer(page, 'Switch on');
    await app.getByRole('button', { name: 'Switch off' }).waitFor();
    expect(await statusOf(accountId)).toBe('active');
    await app.getByRole('button', { name: 'Log out' }).click();
    await answer(page, 'Log out');
    await shows(app, 'A worker is logging this account out');
    await app.getByRole('button', { name: 'Remove' }).click();
    await answer(page, 'Remove');
    await shows(app, 'No accounts yet');
    expect(faults).toEqual([]);
    await close();
  });

  it('is asked what it may do in a community, and says what is wrong with a name', async () => {
    const { telegramId, accountId } = await open('Rights');
    const { app, faults, close } = await stage.open(telegramId, { startParam: `a_${accountId}` });
    const community = app.getByLabel('Community');
    await community.fill('two words');
    await app.getByRole('button', { name: 'Check rights' }).click();
    await shows(app, 'This does not look like a community');
    expect(faults.splice(0)).toEqual([expect.stringContaining('422')]);
    await community.fill('@rights_here');
    await community.press('Enter');
    await shows(app, 'The answer stands here as soon as a worker has it');
    await shows(app, 'Being read');
    await shows(app, 'Check of rights asked for');
    expect(faults).toEqual([]);
    await close();
  });

  it('that was warned twice acts again for a reason, when its rest is over', async () => {
    const { telegramId, accountId } = await open('Warned');
    const rest = {
      status: 'blocked',
      statusError: 'PEER_FLOOD',
      waitError: 'PEER_FLOOD',
      wantsPerson: true,
    } as const;
    await stands(accountId, { ...rest, recoversAt: new Date(Date.now() + 3_600_000) });
    const { app, close } = await stage.open(telegramId, { startParam: `a_${accountId}` });
    await shows(app, 'A person has to resume it');
    const resume = app.getByRole('button', { name: 'Let it act again' });
    expect(await resume.isDisabled()).toBe(true);
    await app.getByLabel('Why may it act again?').fill('Rested for a week');
    await resume.click();
    await shows(app, /warned this account more than once, so it rests until/);
    await stands(accountId, { recoversAt: new Date(Date.now() - 1000) });
    await resume.click();
    await resume.waitFor({ state: 'detached' });
    expect(await statusOf(accountId)).toBe('active');
    await shows(app, 'Resumed by a person');
    await shows(app, 'Rested for a week');
    await close();
  });

  it('shows its sessions at Telegram, and ends another than ours from a fresh panel only', async () => {
    const { telegramId, workspaceId, accountId } = await open('Sessions');
    await stands(accountId, { refreshedAt: new Date() });
    await signIn(workspaceId, accountId, '0', 'Usher');
    await signIn(workspaceId, accountId, '77', 'Pixel 9');
    const { page, app, close } = await stage.open(telegramId, { startParam: `a_${accountId}` });
    await shows(app, 'Usher · Telegram 11');
    await shows(app, 'works here');
    const launched = (by: string) =>
      stage.db.owner.execute(
        sql`update server_session set launched_at = launched_at + ${by}::interval where workspace_id = ${workspaceId}`,
      );
    await launched('-5 minutes');
    const end = app.getByRole('button', { name: 'End Pixel 9' });
    await end.click();
    await answer(page, 'End');
    await shows(app, 'This needs a panel opened within the last five minutes');
    await app.getByRole('button', { name: 'Close' }).waitFor();
    await launched('5 minutes');
    await end.click();
    await answer(page, 'End');
    await shows(app, 'is being ended');
    await close();
  });

  it('is only read by a viewer, and one that is signed out leads an admin to the sign-in', async () => {
    const { telegramId, accountId, add } = await open('Read');
    await stands(accountId, { status: 'signed_out', statusError: 'AUTH_KEY_UNREGISTERED' });
    const startParam = `a_${accountId}`;
    const viewer = await stage.open(await add('viewer'), { startParam });
    await shows(viewer.app, 'Has to sign in again');
    expect(await viewer.app.getByRole('button').count()).toBe(0);
    expect(await viewer.app.getByText('What was done with it').count()).toBe(0);
    await viewer.close();
    const { app, close } = await stage.open(telegramId, { startParam });
    await shows(app, 'Sign in again');
    await app.getByRole('button', { name: 'Make a link' }).click();
    await app.getByLabel('The link opens once').waitFor();
    await close();
  });

  it('of another workspace is not shown', async () => {
    const { accountId } = await open('Foreign');
    const { telegramId } = await open('Curious');
    const { app, close } = await stage.open(telegramId, { startParam: `a_${accountId}` });
    await shows(app, 'This account cannot be shown');
    await shows(app, 'This no longer exists or belongs to another workspace.');
    await close();
  });
});

it.each([
  '/accounts',
  '/accounts/1',
  '/settings',
  '/audiences',
  '/audiences/import',
  '/audiences/import/1',
  '/suppressions',
])('%s is an address of the page, so that a reload finds it', async (path) => {
  const answer = await fetch(`${stage.url}${path}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
});

it.each(['en', 'ru'] as const)(
  'are clean by axe in %s, light and dark, narrow and wide',
  async (language) => {
    const { telegramId, workspaceId, accountId } = await open(language === 'en' ? 'Looks' : 'Виды', language);
    await seedCampaign(stage.db.owner, workspaceId, {
      name: 'Autumn',
      status: 'running',
      now: new Date(),
      people: [{ name: 'Mara', status: 'joined' }],
      lanes: [
        {
          name: 'Dennis',
          status: 'cooling',
          statusError: 'FLOOD_WAIT',
          recoversAt: new Date(Date.now() + 5e6),
        },
        { name: 'Ken', status: 'frozen', statusError: 'FROZEN_METHOD_INVALID' },
      ],
    });
    await stands(accountId, {
      status: 'blocked',
      statusError: 'PEER_FLOOD',
      waitError: 'PEER_FLOOD',
      recoversAt: new Date(Date.now() + 5e6),
      wantsPerson: true,
      refreshedAt: new Date(),
      hasPhoto: false,
    });
    await signIn(workspaceId, accountId, '0', 'Usher');
    await signIn(workspaceId, accountId, '77', 'Pixel 9 Pro');
    await mayDo(workspaceId, accountId);
    await expectClean(stage, telegramId, { startParam: 'accounts', until: (app) => shows(app, '@grace') });
    await expectClean(stage, telegramId, {
      startParam: `a_${accountId}`,
      until: async (app) => {
        await shows(app, /Pixel 9 Pro · /);
        await shows(app, language === 'en' ? 'ban people, add people' : 'блокировать людей, добавлять людей');
        await shows(app, language === 'en' ? 'What was done with it' : 'Что с ним делали');
      },
    });
  },
);
