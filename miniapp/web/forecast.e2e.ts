import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SeededLane, type SeededPerson, seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const people: SeededPerson[] = [
  { name: 'Wanda', status: 'pending' },
  { name: 'Timur', username: 'timur', status: 'pending' },
];
const pausing = (): SeededLane => ({
  name: 'Grace',
  username: 'grace',
  nextSlotAt: new Date(Date.now() + 12 * 60_000),
  nextSlotBecause: 'pause',
});
const seed = (
  workspaceId: string,
  { status = 'running' as 'running' | 'finished', lanes = [pausing()] } = {},
) => seedCampaign(stage.db.owner, workspaceId, { name: 'Autumn', status, now: new Date(), people, lanes });

it('says when it ends, how fast it goes, what holds it back and who is left over', async () => {
  const { telegramId, workspaceId } = await stage.claim('Foretold');
  const { campaignId } = await seed(workspaceId);
  const { app, faults, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
  const forecast = app.getByRole('region', { name: 'Forecast' });
  await forecast.getByText(/^in 1[12] min/).waitFor();
  await forecast.getByText('about 1', { exact: true }).waitFor();
  await forecast.getByText(/^Pausing between two invites · \d+% of all waiting$/).waitFor();
  await forecast.getByText('Left over').waitFor();
  await forecast.getByText('everybody answers at the first invite').waitFor();
  expect(faults).toEqual([]);
  await close();
});

it('says in Russian why it never ends', async () => {
  const { telegramId, workspaceId } = await stage.claim('Никогда', 'ru');
  const { campaignId } = await seed(workspaceId, { lanes: [] });
  const { app, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
  const forecast = app.getByRole('region', { name: 'Прогноз' });
  await forecast.getByText('Не предвидится').waitFor();
  await forecast.getByText(/^Нет ни одного работающего аккаунта/).waitFor();
  await close();
});

it('is looked at again on request when it could not be fetched', async () => {
  const { telegramId, workspaceId } = await stage.claim('Unforeseen');
  const { campaignId } = await seed(workspaceId);
  const refusal = { type: 'about:blank', title: 'x', status: 403, code: 'forbidden', requestId: 'r' };
  const path = '**/forecast';
  const { page, app, close } = await stage.open(telegramId, {
    startParam: `c_${campaignId}`,
    prepare: async (opened) => {
      await opened.route(path, (route) => route.fulfill({ status: 403, body: JSON.stringify(refusal) }));
    },
  });
  const forecast = app.getByRole('region', { name: 'Forecast' });
  await forecast.getByText('The forecast cannot be shown').waitFor();
  await page.unroute(path);
  await forecast.getByRole('button', { name: 'Try again' }).click();
  await forecast.getByText('Finished by').waitFor();
  await close();
});

it('is not given of a campaign that has ended', async () => {
  const { telegramId, workspaceId } = await stage.claim('Over');
  const { campaignId } = await seed(workspaceId, { status: 'finished' });
  const { app, close } = await stage.open(telegramId, { startParam: `c_${campaignId}` });
  await app.getByText('Accounts at work').first().waitFor();
  expect(await app.getByRole('region', { name: 'Forecast' }).count()).toBe(0);
  await close();
});
