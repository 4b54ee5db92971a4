import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { publishPolicy } from '#db/commands/publish-policy.ts';
import { policySigner } from '#db/testing/test-db.ts';
import { accountAnswerSchema, accountPageSchema } from '#miniapp/contract/accounts.ts';
import { audiencePageSchema, suppressionPageSchema } from '#miniapp/contract/audiences.ts';
import { reportAnswerSchema, targetPageSchema } from '#miniapp/contract/campaign-work.ts';
import { communityAnswerSchema, communityPageSchema } from '#miniapp/contract/communities.ts';
import {
  nodesAnswerSchema,
  policiesAnswerSchema,
  policyDiffSchema,
  policyInForceSchema,
} from '#miniapp/contract/installation.ts';
import { parseTaskPageSchema } from '#miniapp/contract/parse-tasks.ts';
import { type SeededCampaign, seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let workspaceId: string;
let owner: string;
let seeded: SeededCampaign;

beforeAll(async () => {
  server = await createTestServer({ changing: 1000, reading: 1000 });
  const home = await server.claim('Harbour');
  workspaceId = home.workspaceId;
  owner = await server.signIn(home.telegramId);
  seeded = await seedCampaign(server.db.owner, workspaceId, {
    name: 'Live',
    status: 'running',
    now: server.business.now,
    lanes: [{ name: 'Grace' }],
    people: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, username: name, status: 'pending' as const })),
  });
});
afterAll(() => server.close());

const get = (path: string) => server.request(`/api/v1/${path}`, server.as(owner));
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  server.request(
    `/api/v1/${path}`,
    server.as(owner, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
const read = async <S extends z.ZodType>(schema: S, response: Response | Promise<Response>) => {
  const answer = await response;
  expect(answer.status).toBeLessThan(300);
  return schema.parse(await answer.json());
};
const repeat = async (count: number, work: (index: number) => Promise<Response>) => {
  for (let index = 0; index < count; index += 1) expect((await work(index)).status).toBeLessThan(300);
};

/** Walks a list two by two and answers what it held. */
const walk = async <I>(
  path: string,
  schema: z.ZodType<{ items: I[]; total: number; next: string | null }>,
) => {
  const found: I[] = [];
  const totals = new Set<number>();
  let cursor: string | null = null;
  do {
    const page: { items: I[]; total: number; next: string | null } = await read(
      schema,
      get(`${path}?limit=2${cursor ? `&cursor=${cursor}` : ''}`),
    );
    expect(page.items.length).toBeLessThanOrEqual(2);
    found.push(...page.items);
    totals.add(page.total);
    cursor = page.next;
  } while (cursor);
  expect([...totals]).toEqual([found.length]);
  return found;
};

it('lists page by page without gap or repetition, also where rows are of one moment', async () => {
  const { campaignId, communityId, accountIds } = seeded;
  await repeat(4, (index) => post('communities', { reference: `@harbour_${index}` }));
  await repeat(4, (index) => post('audiences', { name: `List ${index}`, typed: '@ada\nnobody knows' }));
  await repeat(4, (index) =>
    post('suppressions', { username: `quiet_${index}`, scope: 'workspace', reason: 'asked' }),
  );
  await repeat(1, () => post('parse-tasks', { communityId, source: 'members', accountId: accountIds[0] }));
  await repeat(1, () => post('parse-tasks', { communityId, source: 'commenters', accountId: accountIds[0] }));

  const communities = await walk('communities', communityPageSchema);
  expect(new Set(communities.map((row) => row.communityId)).size).toBe(5);
  expect(new Set((await walk('audiences', audiencePageSchema)).map((row) => row.audienceId)).size).toBe(5);
  expect(await walk('suppressions', suppressionPageSchema)).toHaveLength(4);
  expect(await walk('parse-tasks', parseTaskPageSchema)).toHaveLength(2);
  const targets = await walk(`campaigns/${campaignId}/targets`, targetPageSchema);
  expect(targets.map(({ person }) => person.name)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('targets are filtered by where they stand', async () => {
  const path = `campaigns/${seeded.campaignId}/targets?status=joined`;
  expect(await read(targetPageSchema, get(path))).toMatchObject({ items: [], total: 0, next: null });
});

it('tells of accounts, limits, nodes and what a campaign came to', async () => {
  const { items } = await read(accountPageSchema, get('accounts'));
  expect(items.map(({ name }) => name)).toEqual(['Grace']);
  const { account } = await read(accountAnswerSchema, get(`accounts/${seeded.accountIds[0]}`));
  expect(account.health.score).toBe(100);
  expect(account.limits.map(({ rule }) => rule)).toContain('day');
  await read(policiesAnswerSchema, get('limit-policies'));
  await read(nodesAnswerSchema, get('nodes'));
  const { report } = await read(reportAnswerSchema, get(`campaigns/${seeded.campaignId}/report`));
  expect(report).toMatchObject({ name: 'Live', status: 'running', accounts: 1 });
  const { community } = await read(communityAnswerSchema, get(`communities/${seeded.communityId}`));
  expect(community.title).toBe('Lighthouse Club');
});

it('a draft is made once under one key, and starts only when an account has read its community', async () => {
  const { communityId, accountIds } = seeded;
  const made = (await (await post('audiences', { name: 'Fresh', typed: '@bob' })).json()) as {
    audienceId: string;
  };
  const body = { name: 'Autumn', communityId, audienceId: made.audienceId, accountIds };
  const key = { 'idempotency-key': randomUUID() };
  const [one, two] = [await post('campaigns', body, key), await post('campaigns', body, key)];
  expect([one.status, two.status]).toEqual([201, 201]);
  const { campaignId } = (await one.json()) as { campaignId: string };
  expect(await two.json()).toEqual({ campaignId });
  expect(await problemOf(await post('campaigns', body))).toMatchObject({ code: 'campaign.name_taken' });
  const started = await post(`campaigns/${campaignId}/start`, {});
  expect(await problemOf(started)).toMatchObject({ status: 409, code: 'community.unchecked' });
});

it.each([
  ['campaigns', { name: 'x' }, 'communityId'],
  ['communities', { reference: '@abcd', colour: 'red' }, 'colour'],
  ['parse-tasks', { communityId: randomUUID(), source: 'phone_book' }, 'source'],
  ['audiences', { name: 'x', filter: { isRich: true } }, 'filter.isRich'],
  ['suppressions', { username: 'ada', scope: 'everywhere', reason: 'x' }, 'scope'],
])('400: %s names the field that is wrong in %j', async (path, body, field) => {
  const problem = await problemOf(await post(path, body));
  expect(problem).toMatchObject({ status: 400, code: 'invalid_input' });
  expect(problem.fields).toContain(field);
});

it('400: a place in a list that nobody gave out is refused', async () => {
  for (const path of ['communities', `campaigns/${seeded.campaignId}/targets`]) {
    expect(await problemOf(await get(`${path}?cursor=bm8`))).toMatchObject({
      status: 400,
      fields: ['cursor'],
    });
  }
});

it('tells which limits are in force and what a version has changed', async () => {
  const home = await server.claim('Careful');
  const token = await server.signIn(home.telegramId);
  const ask = (path: string) => server.request(`/api/v1/limit-policies/${path}`, server.as(token));
  const inForce = async () => policyInForceSchema.parse(await (await ask('in-force')).json());
  const first = await inForce();
  expect([first.version, first.policy]).toEqual([0, first.ceilings]);
  await publishPolicy(
    {
      ...{ db: server.db.app, workspaceId: home.workspaceId, now: server.business.now },
      actor: { kind: 'operator', operatorId: home.operatorId, role: 'owner' },
    },
    { changes: { invitesPerAccountDay: 10 }, basedOn: 0, reason: 'gentler', signer: policySigner },
  );
  expect(await inForce()).toMatchObject({ version: 1, policy: { invitesPerAccountDay: 10 } });
  const { changes } = policyDiffSchema.parse(await (await ask('diff?from=0&to=1')).json());
  expect(changes).toEqual([{ field: 'invitesPerAccountDay', before: 30, after: 10 }]);
  expect((await problemOf(await ask('diff?from=0&to=7'))).code).toBe('not_found');
  expect((await problemOf(await ask('diff?from=0'))).fields).toEqual(['to']);
});
