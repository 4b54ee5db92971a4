import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breaker } from '#db/schema/index.ts';
import { campaignAnswerSchema, campaignPageSchema } from '#miniapp/contract/campaigns.ts';
import { seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let workspaceId: string;
let viewer: string;
let operator: string;

beforeAll(async () => {
  server = await createTestServer();
  const home = await server.claim('Harbour');
  workspaceId = home.workspaceId;
  viewer = await server.signIn(await home.add('viewer'));
  operator = await server.signIn(await home.add('operator'));
});
afterAll(() => server.close());

const get = (path: string, token = viewer) => server.request(path, server.as(token));
const post = (path: string, token = operator, body: unknown = {}) =>
  server.request(
    path,
    server.as(token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
const seed = (
  name: string,
  more: Partial<Parameters<typeof seedCampaign>[2]> = {},
  workspace = workspaceId,
) => seedCampaign(server.db.owner, workspace, { name, status: 'running', now: server.business.now, ...more });

describe('the list', () => {
  it('200: pages through every campaign once, newest first, with the total on each page', async () => {
    const home = await server.claim('Pages');
    const token = await server.signIn(home.telegramId);
    const names = Array.from({ length: 7 }, (_, index) => `Campaign ${index}`);
    for (const [index, name] of names.entries())
      await seed(name, { ageHours: 100 - index }, home.workspaceId);
    await seed('Twin of 6', { ageHours: 94 }, home.workspaceId);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const path = `/api/v1/campaigns?limit=3${cursor ? `&cursor=${cursor}` : ''}`;
      const page = campaignPageSchema.parse(await (await get(path, token)).json());
      expect(page.total).toBe(8);
      seen.push(...page.items.map((item) => item.name));
      cursor = page.next;
    } while (cursor);
    expect(seen).toHaveLength(8);
    expect(seen.slice(2)).toEqual(names.slice(0, 6).reverse());
    expect(new Set(seen)).toEqual(new Set([...names, 'Twin of 6']));
  });

  it('200: counts targets by where they stand', async () => {
    await seed('Counted', {
      people: [
        { name: 'A', status: 'joined' },
        { name: 'B', status: 'refused', reason: 'USER_PRIVACY_RESTRICTED' },
        { name: 'C', status: 'waiting', waitsHours: 2 },
        { name: 'D', status: 'pending' },
      ],
    });
    const { items, now, timeScale } = campaignPageSchema.parse(await (await get('/api/v1/campaigns')).json());
    expect(items.find((item) => item.name === 'Counted')?.counts).toMatchObject({
      total: 4,
      settled: 2,
      joined: 1,
      refused: 1,
      waiting: 1,
      pending: 1,
    });
    expect([now, timeScale]).toEqual([server.business.now.toISOString(), 3600]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['colour=red', 'colour'],
  ])('400: refuses ?%s and names the field', async (query, field) => {
    const response = await get(`/api/v1/campaigns?${query}`);
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ code: 'invalid_input', fields: [field] });
  });
});

describe('one campaign', () => {
  it('200: shows lanes, reasons, who waits until when, the last tries and the pace', async () => {
    const nextSlotAt = new Date(server.business.now.getTime() + 720_000);
    const { campaignId } = await seed('Detailed', {
      ageHours: 48,
      lanes: [{ name: 'Grace', username: 'grace', nextSlotAt, nextSlotBecause: 'pause' }],
      people: [
        { name: 'A', username: 'a_user', status: 'joined' },
        { name: 'B', status: 'refused', reason: 'USER_PRIVACY_RESTRICTED' },
        { name: 'C', status: 'waiting', reason: 'USER_CHANNELS_TOO_MUCH', waitsHours: 2 },
        { name: 'D', status: 'pending' },
      ],
    });
    const response = await get(`/api/v1/campaigns/${campaignId}`);
    const { campaign } = campaignAnswerSchema.parse(await response.json());
    expect(campaign.lanes).toMatchObject([
      { name: 'Grace', nextSlotAt: nextSlotAt.toISOString(), nextSlotBecause: 'pause' },
    ]);
    expect(campaign.reasons).toEqual([{ status: 'refused', reason: 'USER_PRIVACY_RESTRICTED', count: 1 }]);
    expect(campaign.waiting).toEqual([
      {
        reason: 'USER_CHANNELS_TOO_MUCH',
        count: 1,
        until: new Date(server.business.now.getTime() + 7_200_000).toISOString(),
      },
    ]);
    expect(campaign.feed.map((entry) => [entry.person.name, entry.status])).toEqual([
      ['B', 'refused'],
      ['A', 'joined'],
    ]);
    expect(campaign.pace).toEqual({ settledLastDay: 2, timeLeftMs: 86_400_000 });
  });

  it('400: refuses an id that is none', async () => {
    const response = await get('/api/v1/campaigns/7');
    expect(await problemOf(response)).toMatchObject({ status: 400, fields: ['campaignId'] });
  });

  it('404: knows no campaign that does not exist', async () => {
    expect((await get(`/api/v1/campaigns/${randomUUID()}`)).status).toBe(404);
  });
});

describe('pause and resume', () => {
  it('200: move the campaign and back, each with an event', async () => {
    const { campaignId } = await seed('Moved', {
      people: [{ name: 'A', status: 'pending' }],
      lanes: [{ name: 'Grace' }],
    });
    const statusNow = async () =>
      campaignAnswerSchema.parse(await (await get(`/api/v1/campaigns/${campaignId}`)).json()).campaign;
    expect((await post(`/api/v1/campaigns/${campaignId}/pause`)).status).toBe(200);
    expect(await statusNow()).toMatchObject({ status: 'paused', statusBecause: 'paused_by_operator' });
    expect((await post(`/api/v1/campaigns/${campaignId}/resume`)).status).toBe(200);
    expect(await statusNow()).toMatchObject({ status: 'running', statusBecause: null });
    const events = await server.db.owner.execute(
      `select kind from outbox where payload->>'campaignId' = '${campaignId}' order by id`,
    );
    expect(events.map((event) => event.kind)).toEqual(['campaign.paused', 'campaign.resumed']);
  });

  it('409: a campaign that a breaker has stopped wants a reason', async () => {
    const { campaignId, communityId } = await seed('Stopped', {
      status: 'paused',
      statusBecause: 'breaker_peer_floods',
      lanes: [{ name: 'Grace' }],
    });
    const evidence = { kind: 'peer_floods', counted: 2, allowed: 1 } as const;
    await server.db.owner
      .insert(breaker)
      .values({ workspaceId, communityId, ...evidence, openedAt: server.business.now });
    const path = `/api/v1/campaigns/${campaignId}`;
    const { campaign } = campaignAnswerSchema.parse(await (await get(path)).json());
    expect(campaign).toMatchObject({ wantsReason: true, stops: [{ ...evidence, sample: null }] });
    const refused = await post(`${path}/resume`);
    expect(await problemOf(refused)).toMatchObject({ status: 409, code: 'campaign.breaker_open' });
    const malformed = await post(`${path}/resume`, operator, { reason: ' ' });
    expect(await problemOf(malformed)).toMatchObject({ status: 400, fields: ['reason'] });
    expect((await post(`${path}/resume`, operator, { reason: 'looked into it' })).status).toBe(200);
  });

  it('409: say that the state does not allow it', async () => {
    const { campaignId } = await seed('Finished', { status: 'finished' });
    const paused = await post(`/api/v1/campaigns/${campaignId}/pause`);
    expect(await problemOf(paused)).toMatchObject({ status: 409, code: 'campaign.not_pausable' });
    const resumed = await post(`/api/v1/campaigns/${campaignId}/resume`);
    expect(await problemOf(resumed)).toMatchObject({ status: 409, code: 'campaign.not_resumable' });
  });

  it('403: are not for viewers', async () => {
    const { campaignId } = await seed('Watched');
    for (const verb of ['pause', 'resume']) {
      const response = await post(`/api/v1/campaigns/${campaignId}/${verb}`, viewer);
      expect(await problemOf(response)).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });
});

it('404: a campaign of another workspace is not there, for reading and for changing', async () => {
  const stranger = await server.claim('Stranger');
  const token = await server.signIn(stranger.telegramId);
  const { campaignId } = await seed('Private');
  const answers = await Promise.all([
    get(`/api/v1/campaigns/${campaignId}`, token),
    post(`/api/v1/campaigns/${campaignId}/pause`, token),
    post(`/api/v1/campaigns/${campaignId}/resume`, token),
  ]);
  for (const answer of answers)
    expect(await problemOf(answer)).toMatchObject({ status: 404, code: 'not_found' });
  const page = campaignPageSchema.parse(await (await get('/api/v1/campaigns', token)).json());
  expect(page).toMatchObject({ items: [], total: 0 });
});

it('401: nothing is shown without a session', async () => {
  for (const path of ['/api/v1/campaigns', `/api/v1/campaigns/${randomUUID()}`, '/api/v1/events']) {
    expect((await problemOf(await server.request(path))).code).toBe('session.missing');
  }
});
