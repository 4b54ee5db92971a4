import { afterAll, beforeAll, expect, it } from 'vitest';
import { forecastAnswerSchema } from '#miniapp/contract/forecast.ts';
import { seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let workspaceId: string;
let viewer: string;

beforeAll(async () => {
  server = await createTestServer();
  const home = await server.claim('Harbour');
  workspaceId = home.workspaceId;
  viewer = await server.signIn(await home.add('viewer'));
});
afterAll(() => server.close());

const ask = (campaignId: string, token = viewer) =>
  server.request(`/api/v1/campaigns/${campaignId}/forecast`, server.as(token));
const seed = (name: string, more: Partial<Parameters<typeof seedCampaign>[2]> = {}) =>
  seedCampaign(server.db.owner, workspaceId, { name, status: 'running', now: server.business.now, ...more });
const answerOf = async (response: Response) => forecastAnswerSchema.parse(await response.json());

it('200: tells a viewer when it ends, how fast it goes and what holds it back', async () => {
  const minutes = (count: number) => new Date(server.business.now.getTime() + count * 60_000);
  const { campaignId, accountIds } = await seed('Told', {
    people: [
      { name: 'A', username: 'a', status: 'pending' },
      { name: 'B', username: 'b', status: 'pending' },
      { name: 'C', status: 'pending' },
    ],
    lanes: [{ name: 'Grace', nextSlotAt: minutes(8), nextSlotBecause: 'pause' }],
  });
  const response = await ask(campaignId);
  expect(response.status).toBe(200);
  const { forecast, now } = await answerOf(response);
  expect(now).toBe(server.business.now.toISOString());
  expect(forecast).toEqual({
    finishesAt: minutes(20.5).toISOString(),
    never: null,
    invites: 2,
    invitesADay: 2,
    remaining: 1,
    perDay: [2],
    accounts: [{ accountId: accountIds[0], invites: 2 }],
    binding: { because: 'pause', share: 1 },
    assumes: ['first_answers'],
  });
});

it('200: says why it never ends', async () => {
  const { campaignId } = await seed('Never', {
    people: [{ name: 'A', username: 'a2', status: 'pending' }],
    lanes: [{ name: 'Gone', status: 'banned' }],
  });
  expect((await answerOf(await ask(campaignId))).forecast).toMatchObject({
    finishesAt: null,
    never: 'no_inviting_account',
    remaining: 1,
  });
});

it('200: has no forecast for a campaign that has ended', async () => {
  const { campaignId } = await seed('Over', { status: 'finished' });
  expect((await answerOf(await ask(campaignId))).forecast).toBeNull();
});

it('404: knows no campaign of another workspace', async () => {
  const stranger = await server.claim('Elsewhere');
  const { campaignId } = await seed('Mine');
  const response = await ask(campaignId, await server.signIn(stranger.telegramId));
  expect(response.status).toBe(404);
  expect((await problemOf(response)).code).toBe('not_found');
});

it('400: refuses what is no id', async () => {
  expect((await ask('nonsense')).status).toBe(400);
});

it('401: answers nobody who is not signed in', async () => {
  const { campaignId } = await seed('Closed');
  expect((await server.request(`/api/v1/campaigns/${campaignId}/forecast`)).status).toBe(401);
});
