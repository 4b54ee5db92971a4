import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, campaign, operator } from '#db/schema/index.ts';
import { createAccount, createHome, createRunningCampaign, seenPerson } from '#db/testing/factories.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { runUsher } from '../testing/run-usher.ts';

let db: TestDb;
let name: string;
let as: string;

beforeAll(async () => {
  db = await createTestDb();
  const home = await createHome(db, new Date());
  const held = await createAccount(home);
  await db.owner.update(account).set({ firstName: 'Ann' }).where(eq(account.id, held.accountId));
  const people = [seenPerson(), seenPerson(), seenPerson()];
  const { campaignId } = await createRunningCampaign(home, [{ account: held, people }]);
  const [found] = await db.owner.select().from(campaign).where(eq(campaign.id, campaignId));
  const [owner] = await db.owner.select().from(operator).where(eq(operator.id, home.operatorId));
  name = found?.name ?? '';
  as = owner?.telegramId ?? '';
});
afterAll(() => db.close());

const forecast = (more: readonly string[], env: Record<string, string> = {}) =>
  runUsher(['forecast', ...more], { DATABASE_URL: db.url, ...env }).ended;

it('tells at the terminal when a campaign will be finished and what holds it back', async () => {
  const { code, out, err } = await forecast([name, '--as', as]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/Finished by +\w+ \d+, \d{4}, .+ UTC \((1 h|59 min)/);
  expect(out).toMatch(/Invites to come +3/);
  expect(out).toMatch(/Held back by +hourly limit reached \(\d+%/);
  expect(out).toMatch(/Ann +3/);
  expect(out).toContain('Taken for granted: everybody answers at the first invite');
});

it('speaks Russian at a Russian terminal', async () => {
  const { out } = await forecast([name, '--as', as], { LANG: 'ru_RU.UTF-8' });
  expect(out).toMatch(/Сдерживает +исчерпан часовой лимит/);
});

it('prints it as JSON for programs', async () => {
  const { out } = await forecast([name, '--as', as, '--json']);
  expect(JSON.parse(out)).toMatchObject({
    name,
    status: 'running',
    forecast: { invites: 3, remaining: 0, never: null, perDay: [3], binding: { because: 'hour' } },
  });
});

it('knows no campaign that is not there', async () => {
  const { code, err } = await forecast(['Nothing', '--as', as]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('no campaign is named Nothing') });
});
