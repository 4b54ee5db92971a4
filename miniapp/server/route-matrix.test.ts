import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everybody } from '#core/audience/people-wish.ts';
import { includesRole, ROLES, type Role } from '#core/roles.ts';
import { addMember } from '#db/commands/add-member.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { createApiToken } from '#db/commands/create-api-token.ts';
import { createInvitation } from '#db/commands/create-invitation.ts';
import { createWebhook } from '#db/commands/create-webhook.ts';
import { disableWebhook } from '#db/commands/disable-webhook.ts';
import { openAudienceFile } from '#db/commands/open-audience-file.ts';
import { requestExport } from '#db/commands/request-export.ts';
import type { CommandContext } from '#db/context.ts';
import { accountAuthorization, communitySearch, parseTask } from '#db/schema/index.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import { listRoutes } from './testing/list-routes.ts';
import { ROUTE_ROWS, type Row, type World } from './testing/route-rows.ts';
import { seedCampaign } from './testing/seed-campaign.ts';
import { createTestServer, type TestServer } from './testing/test-server.ts';

const many = 1_000_000;
const LOGIN = '770001234567890123';
let server: TestServer;
let home: Awaited<ReturnType<TestServer['claim']>>;
let stranger: string;
let strangersToken: string;
let world: World;
let operations: Record<string, Record<string, { 'x-role'?: Role; 'x-people-only'?: true }>>;
const people: Partial<Record<Role, string>> = {};
const apiTokens: Partial<Record<Role, string>> = {};

const context = ({ workspaceId, operatorId } = home): CommandContext => ({
  db: server.db.app,
  workspaceId,
  now: server.business.now,
  actor: { kind: 'operator', operatorId, role: 'owner' },
});
const inAnHour = () => new Date(server.real.now.getTime() + 3_600_000);
const makeToken = (role: Role, of = home) =>
  createApiToken(context(of), { name: role, role, createdAt: server.real.now, expiresAt: inAnHour() });

const makeLostWebhook = async (): Promise<string> => {
  const seal = createWebhookSeal(Buffer.alloc(32, 6));
  const { webhookId } = await createWebhook(context(), { url: 'https://hooks.example.org', seal });
  await disableWebhook(
    { ...context(), actor: { kind: 'system', part: 'test' } },
    { webhookId, because: '500' },
  );
  return webhookId;
};

/** An account with another session at Telegram. */
const makeAccount = async (): Promise<string> => {
  const { accountId } = await connectAccount(context(), {
    profile: { telegramId: String(randomInt(1e6, 2e9)), firstName: 'Grace', isPremium: false },
    seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
  });
  const now = server.business.now;
  await server.db.owner.insert(accountAuthorization).values({
    ...{ accountId, workspaceId: home.workspaceId, hash: LOGIN, isCurrent: false, device: 'Phone' },
    ...{ app: 'Telegram', country: 'Nowhere', createdAt: now, activeAt: now },
  });
  return accountId;
};

const makeTask = async (communityId: string): Promise<string> => {
  const { workspaceId } = home;
  const how = { source: 'commenters', speed: 'safe', priority: 'normal', status: 'done' } as const;
  const [task] = await server.db.owner
    .insert(parseTask)
    .values({ workspaceId, communityId, createdAt: server.business.now, ...how })
    .returning({ taskId: parseTask.id });
  return task!.taskId;
};

beforeAll(async () => {
  server = await createTestServer({
    address: many,
    signIn: many,
    workspace: many,
    reading: many,
    changing: many,
    registration: many,
  });
  home = await server.claim('Harbour');
  const elsewhere = await server.claim('Elsewhere');
  stranger = elsewhere.telegramId;
  strangersToken = (await makeToken('owner', elsewhere)).token;
  people.owner = home.telegramId;
  for (const role of ['viewer', 'operator', 'admin'] as const) people[role] = await home.add(role);
  for (const role of ROLES) apiTokens[role] = (await makeToken(role)).token;
  const { owner } = server.db;
  const now = server.business.now;
  const seeded = await seedCampaign(owner, home.workspaceId, {
    name: 'Live',
    status: 'running',
    now,
    lanes: [{ name: 'Grace' }],
    people: [{ name: 'Ada', status: 'pending' }],
  });
  const taskId = await makeTask(seeded.communityId);
  const [search] = await owner
    .insert(communitySearch)
    .values({ workspaceId: home.workspaceId, kind: 'words', words: 'tea', status: 'done', createdAt: now })
    .returning({ searchId: communitySearch.id });
  const [row] = await owner.execute<{ id: string }>('select id from audience limit 1');
  const { invitationId } = await createInvitation(context(), { role: 'viewer', expiresAt: inAnHour() });
  const { tokenId } = await makeToken('viewer');
  world = {
    campaignId: seeded.campaignId,
    communityId: seeded.communityId,
    accountId: seeded.accountIds[0]!,
    audienceId: row!.id,
    taskId,
    searchId: search!.searchId,
    invitationId,
    operatorId: home.operatorId,
    sessionId: seeded.campaignId,
    tokenId,
    webhookId: await makeLostWebhook(),
    hash: LOGIN,
    fileId: (await openAudienceFile(context(), { name: 'people.csv' })).fileId,
    exportId: (await requestExport(context(), { wish: { filter: everybody }, format: 'csv', language: 'en' }))
      .exportId,
  };
  const document = await (await server.request('/api/v1/openapi.json')).json();
  operations = (document as { paths: typeof operations }).paths;
});
afterAll(() => server.close());

/** What a deed uses up is made anew for each. */
const renew = async (path: string): Promise<World> => {
  if (path.includes(':invitationId')) {
    const { invitationId } = await createInvitation(context(), { role: 'viewer', expiresAt: inAnHour() });
    return { ...world, invitationId };
  }
  if (path.includes(':webhookId')) return { ...world, webhookId: await makeLostWebhook() };
  if (path.includes(':accountId')) return { ...world, accountId: await makeAccount() };
  if (path.includes(':taskId')) return { ...world, taskId: await makeTask(world.communityId) };
  if (path.includes(':tokenId')) return { ...world, tokenId: (await makeToken('viewer')).tokenId };
  if (path.includes(':operatorId')) {
    const { operatorId } = await addMember(context(), {
      telegramId: String(randomInt(1e6, 2e9)),
      firstName: 'Max',
      language: 'en',
      role: 'viewer',
    });
    return { ...world, operatorId };
  }
  return world;
};

const call = async (
  route: { method: string; path: string },
  row: Row,
  of: World,
  bearer: string | undefined,
) => {
  const named = route.path.replaceAll(/:(\w+)/g, (_, name: string) => of[name as keyof World] ?? 'x');
  const path = row.query ? `${named}?${new URLSearchParams(row.query(of))}` : named;
  const body = row.body?.(of);
  const response = await server.request(path, {
    method: route.method,
    headers: {
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const { status, headers } = response;
  expect(headers.get('content-security-policy'), path).toContain("script-src 'self'");
  expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  expect(headers.get('x-request-id'), path).toBeTruthy();
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) await response.body?.cancel();
  const text = type.includes('json') ? await response.text() : '';
  const { code } =
    type === 'application/problem+json' ? (JSON.parse(text) as { code: string }) : { code: '' };
  if (bearer) expect(text).not.toContain(bearer);
  return { status, code, text };
};

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const idsOf = (path: string, row: Row) =>
  !row.isOwn &&
  (/:\w+/.test(path) || /[0-9a-f]{8}-/.test(JSON.stringify([row.body?.(world), row.query?.(world)])));

it('has a row for every route, and none for what is no route; the document says the same', () => {
  const routes = listRoutes(server.app);
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(ROUTE_ROWS).sort());
  for (const route of routes) {
    const { door, isForPeople } = ROUTE_ROWS[nameOf(route)]!;
    const told = operations[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    expect([told?.['x-role'], told?.['x-people-only']], nameOf(route)).toEqual([door, isForPeople]);
  }
});

it('401: lets nobody in without a sign-in, nor with one that is made up', async () => {
  for (const route of listRoutes(server.app)) {
    const row = ROUTE_ROWS[nameOf(route)]!;
    for (const bearer of [undefined, randomBytes(32).toString('base64url'), `usher_${'x'.repeat(43)}`]) {
      const { status } = await call(route, row, world, bearer);
      if (row.door) expect(status, nameOf(route)).toBe(401);
      else expect(status, nameOf(route)).not.toBe(500);
    }
  }
});

it.each(ROLES)('a signed-in %s may do exactly what the role may', async (role) => {
  for (const route of listRoutes(server.app)) {
    const row = ROUTE_ROWS[nameOf(route)]!;
    if (!row.door) continue;
    const bearer = await server.signIn(people[role]!);
    const { status, code } = await call(route, row, await renew(route.path), bearer);
    judge(`${role} ${nameOf(route)}`, includesRole(role, row.deed ?? row.door), row, { status, code });
  }
});

it.each(ROLES)('an API token of a %s may do what the role may, but for what is for people', async (role) => {
  for (const route of listRoutes(server.app)) {
    const row = ROUTE_ROWS[nameOf(route)]!;
    if (!row.door) continue;
    const { status, code } = await call(route, row, await renew(route.path), apiTokens[role]);
    const name = `token of ${role} ${nameOf(route)}`;
    if (row.isForPeople) expect(code, name).toBe('token.not_allowed');
    else judge(name, includesRole(role, row.deed ?? row.door), row, { status, code });
  }
});

it('404: an owner of another workspace finds nothing of this one, nor does their API token', async () => {
  const secrets = Object.values(world);
  for (const route of listRoutes(server.app)) {
    const row = ROUTE_ROWS[nameOf(route)]!;
    if (!row.door) continue;
    for (const bearer of [await server.signIn(stranger), strangersToken]) {
      const { status, text } = await call(route, row, world, bearer);
      const isKeptOut = row.isForPeople && bearer === strangersToken;
      if (idsOf(route.path, row)) expect(status, nameOf(route)).toBe(isKeptOut ? 403 : 404);
      for (const secret of secrets) expect(text, nameOf(route)).not.toContain(secret);
    }
  }
});

/** A deed may still be refused by the state of things, never by the door. */
const judge = (name: string, may: boolean, row: Row, { status, code }: { status: number; code: string }) => {
  const fine = row.isOwn ? [200, 204, 400, 404] : [200, 201, 202, 204, 409, 422];
  if (may) expect(fine, `${name}: ${status} ${code}`).toContain(status);
  else expect(`${status} ${code}`, name).toBe('403 forbidden');
};

it('429: every signed-in route is behind the limits, and says when to come back', async () => {
  const strict = await createTestServer({ reading: 1, changing: 1 });
  try {
    const token = await strict.signIn((await strict.claim('Busy')).telegramId);
    await strict.request('/api/v1/me', strict.as(token));
    await strict.request('/api/v1/switch', strict.as(token, { method: 'POST' }));
    for (const { method, path } of listRoutes(strict.app)) {
      if (!ROUTE_ROWS[`${method} ${path}`]?.door) continue;
      const response = await strict.request(path, strict.as(token, { method }));
      expect(response.status, path).toBe(429);
      expect(Number(response.headers.get('retry-after')), path).toBeGreaterThan(0);
    }
  } finally {
    await strict.close();
  }
});
