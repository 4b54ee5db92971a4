import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { disableWebhook } from '#db/commands/disable-webhook.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let home: Awaited<ReturnType<TestServer['claim']>>;
let owner: string;
beforeAll(async () => {
  server = await createTestServer({ registration: 1000 });
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await server.claim('Harbour');
  owner = await server.signIn(home.telegramId);
});

const send = (method: string, path = '', body?: object, token = owner, headers = {}) =>
  server.request(
    `/api/v1/webhooks${path}`,
    server.as(token, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
const make = async () =>
  (await (await send('POST', '', { url: 'https://hooks.example.org/usher' })).json()) as {
    webhookId: string;
    secret: string;
  };

it('201: shows the secret once and stores it sealed', async () => {
  const { secret, webhookId } = await make();
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const answer = await (await send('GET')).json();
  expect(answer).toMatchObject({
    items: [{ webhookId, url: 'https://hooks.example.org/usher', kinds: null, failingSince: null }],
    total: 1,
  });
  const rows = await server.db.owner.execute<{ row: string; sealed: Buffer }>(
    'select webhook::text as row, sealed_secret as sealed from webhook',
  );
  const stored = rows.map(({ row, sealed }) => row + sealed.toString('latin1'));
  expect(JSON.stringify([answer, ...stored])).not.toContain(secret.slice(6));
});

it.each([
  ['https://inside.example.org', 'webhook.address_private'],
  ['https://half-inside.example.org', 'webhook.address_private'],
  ['http://127.0.0.1:8080/x', 'webhook.address_private'],
  ['http://[::1]/x', 'webhook.address_private'],
  ['http://2130706433/', 'webhook.address_private'],
  ['https://nowhere.example.org', 'webhook.address_unknown'],
  ['ftp://hooks.example.org', 'webhook.address_malformed'],
  ['https://me:secret@hooks.example.org', 'webhook.address_malformed'],
  ['not an address', 'webhook.address_malformed'],
])('422: %s is refused with %s', async (url, code) => {
  const problem = await problemOf(await send('POST', '', { url }));
  expect(problem).toMatchObject({ status: 422, code, fields: ['url'] });
  expect(JSON.stringify(problem)).not.toContain('secret');
});

it('400: an event that does not exist is named', async () => {
  const problem = await problemOf(await send('POST', '', { url: 'https://x.example.org', kinds: ['rain'] }));
  expect(problem).toMatchObject({ status: 400, fields: ['kinds.0'] });
});

it('a disabled one is enabled again, and a removed one is gone', async () => {
  const { webhookId } = await make();
  expect((await problemOf(await send('POST', `/${webhookId}/enable`))).status).toBe(404);
  await disableWebhook(
    {
      db: server.db.worker,
      workspaceId: home.workspaceId,
      now: server.business.now,
      actor: { kind: 'system', part: 'worker' },
    },
    { webhookId, because: '500' },
  );
  expect(await (await send('GET')).json()).toMatchObject({ items: [{ disabledBecause: '500' }] });
  expect((await send('POST', `/${webhookId}/enable`)).status).toBe(204);
  expect(await (await send('GET')).json()).toMatchObject({ items: [{ disabledAt: null }] });
  expect((await send('DELETE', `/${webhookId}`)).status).toBe(204);
  expect(await (await send('GET')).json()).toMatchObject({ items: [], total: 0 });
  expect((await problemOf(await send('GET', `/${webhookId}/deliveries`))).status).toBe(404);
});
