import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS, later } from '#core/duration.ts';
import { expirePeople } from '#db/commands/expire-people.ts';
import { erasedSchema, personDataSchema, retentionSchema } from '#miniapp/contract/privacy.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';
import { seedCampaign } from '../testing/seed-campaign.ts';

let server: TestServer;
let owner: string;
let workspaceId: string;

beforeAll(async () => {
  server = await createTestServer({ changing: 1000, reading: 1000 });
  const home = await server.claim('Harbour');
  workspaceId = home.workspaceId;
  owner = await server.signIn(home.telegramId);
  await seedCampaign(server.db.owner, workspaceId, {
    ...{ name: 'Live', status: 'running', now: server.business.now },
    lanes: [{ name: 'Grace' }],
    people: [{ name: 'Ada', status: 'pending' }],
  });
});
afterAll(() => server.close());

const send = (method: string, path: string, body?: object) =>
  server.request(
    `/api/v1/${path}`,
    server.as(owner, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }),
  );
const readRetention = async () => retentionSchema.parse(await (await send('GET', 'retention')).json());

it('tells and lowers how long people are kept, and reports each passage', async () => {
  expect(await readRetention()).toMatchObject({ keptDays: 30, reports: [] });
  expect(await problemOf(await send('PUT', 'retention', { keptDays: 45 }))).toMatchObject({
    code: 'retention.out_of_range',
  });
  expect((await send('PUT', 'retention', { keptDays: 3 })).status).toBe(204);
  const now = later(server.business.now, DAY_MS);
  const actor = { kind: 'system', part: 'worker' } as const;
  await expirePeople({ db: server.db.worker, actor, workspaceId, now }, { limit: 100 });
  expect(await readRetention()).toMatchObject({
    keptDays: 3,
    reports: [{ keptDays: 3, people: 0, finishedAt: now.toISOString() }],
  });
});

it('hands out and erases one person, once they are typed twice', async () => {
  const [ada] = await server.db.owner.execute<{ telegram_id: string }>(
    "update person set telegram_id = coalesce(telegram_id, 4242), first_name = 'Zelda' returning telegram_id",
  );
  const person = String(ada?.telegram_id);
  const answer = await send('POST', 'people/personal-data', { person });
  const { data } = personDataSchema.parse(await answer.json());
  expect(data).toMatchObject({ workspace: 'Harbour', campaigns: [{ campaign: 'Live', status: 'pending' }] });

  const careless = await send('POST', 'people/erasure', { person, confirmation: 'yes' });
  expect(await problemOf(careless)).toMatchObject({ code: 'person.not_confirmed' });
  const done = await send('POST', 'people/erasure', { person, confirmation: person });
  expect(erasedSchema.parse(await done.json())).toMatchObject({ people: 1, targets: 1 });
  const audit = (await (await send('GET', 'audit')).json()) as { items: { action: string }[] };
  const entry = audit.items.find(({ action }) => action === 'person.erased');
  expect(JSON.stringify(entry)).not.toMatch(new RegExp(`Zelda|"${person}"`));
  const again = await send('POST', 'people/personal-data', { person });
  expect(personDataSchema.parse(await again.json()).data).toMatchObject({
    ...{ people: [], campaigns: [] },
    suppressions: [{ reason: 'erased' }],
  });
});

it('wants a panel that was opened just now', async () => {
  server.real.now = later(server.real.now, 6 * 60_000);
  const person = '@quiet_one';
  const late = await send('POST', 'people/erasure', { person, confirmation: person });
  expect(await problemOf(late)).toMatchObject({ code: 'launch.not_fresh' });
});
