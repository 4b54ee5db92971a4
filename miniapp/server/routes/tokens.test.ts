import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Role } from '#core/roles.ts';
import { changeRole } from '#db/commands/change-role.ts';
import { removeMember } from '#db/commands/remove-member.ts';
import { seedCampaign } from '#miniapp/server/testing/seed-campaign.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let home: Awaited<ReturnType<TestServer['claim']>>;
let owner: string;

beforeAll(async () => {
  server = await createTestServer({ registration: 1000, changing: 1000 });
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await server.claim('Harbour');
  owner = await server.signIn(home.telegramId);
});

const send = (
  token: string,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
) =>
  server.request(
    `/api/v1/${path}`,
    server.as(token, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
const make = async (by: string, wish: object = {}) => {
  const response = await send(by, 'POST', 'tokens', { name: 'Export', days: 30, ...wish });
  expect(response.status).toBe(201);
  return (await response.json()) as { tokenId: string; token: string; expiresAt: string };
};
const codeOf = async (response: Response) =>
  response.ok ? String(response.status) : `${response.status} ${(await problemOf(response)).code}`;
const ownerContext = () => ({
  db: server.db.app,
  workspaceId: home.workspaceId,
  now: server.business.now,
  actor: { kind: 'operator' as const, operatorId: home.operatorId, role: 'owner' as const },
});
const signInAs = async (role: Role) => server.signIn(await home.add(role));
const operatorIdOf = async (token: string) => {
  const me = (await (await send(token, 'GET', 'me')).json()) as { operator: { operatorId: string } };
  return me.operator.operatorId;
};

it('201: makes a viewer’s token unless told otherwise, shows it once and stores it as a hash', async () => {
  const { token, tokenId } = await make(owner);
  expect(token).toMatch(/^usher_[\w-]{43}$/);
  expect(await (await send(token, 'GET', 'me')).json()).toMatchObject({ role: 'viewer' });
  const { items } = (await (await send(owner, 'GET', 'tokens')).json()) as { items: { tokenId: string }[] };
  expect(items).toEqual([expect.objectContaining({ tokenId, name: 'Export', role: 'viewer' })]);
  const rows = await server.db.owner.execute<{ row: string }>('select api_token::text as row from api_token');
  expect(JSON.stringify([...rows, items])).not.toContain(token);
});

it('a token reads and changes what its role may, in its own workspace alone', async () => {
  const { token } = await make(owner, { role: 'operator' });
  const now = server.business.now;
  const own = await seedCampaign(server.db.owner, home.workspaceId, { name: 'A', status: 'running', now });
  const elsewhere = await server.claim('Elsewhere');
  const other = await seedCampaign(server.db.owner, elsewhere.workspaceId, {
    name: 'A',
    status: 'running',
    now,
  });
  expect(await codeOf(await send(token, 'POST', `campaigns/${own.campaignId}/pause`))).toBe('200');
  expect(await codeOf(await send(token, 'POST', `campaigns/${other.campaignId}/pause`))).toBe(
    '404 not_found',
  );
  expect(await codeOf(await send(token, 'GET', 'audit'))).toBe('403 forbidden');
  const { items } = (await (await send(owner, 'GET', 'audit')).json()) as { items: { by: object }[] };
  expect(items[0]).toMatchObject({
    action: 'campaign.paused',
    by: { kind: 'operator', tokenId: expect.any(String) },
  });
});

it('403: what wants a fresh launch, and what belongs to a person, is refused to tokens', async () => {
  const { token } = await make(owner, { role: 'owner' });
  const { telegramId } = home;
  expect(telegramId).toBeTruthy();
  for (const [method, path] of [
    ['POST', 'tokens'],
    ['POST', 'invitations'],
    ['GET', 'sessions'],
    ['POST', 'sign-out'],
    ['GET', 'events'],
  ] as const) {
    expect(await codeOf(await send(token, method, path)), path).toBe('403 token.not_allowed');
  }
});

it('403: nobody makes a token above their own role, and operators make none', async () => {
  const admin = await signInAs('admin');
  expect(await codeOf(await send(admin, 'POST', 'tokens', { name: 'x', role: 'owner', days: 1 }))).toBe(
    '403 forbidden',
  );
  await make(admin, { role: 'admin' });
  expect(await codeOf(await send(await signInAs('operator'), 'POST', 'tokens', { name: 'x', days: 1 }))).toBe(
    '403 forbidden',
  );
});

it('403: an admin revokes no token of an owner', async () => {
  const { tokenId, token } = await make(owner, { role: 'owner' });
  expect(await codeOf(await send(await signInAs('admin'), 'DELETE', `tokens/${tokenId}`))).toBe(
    '403 forbidden',
  );
  expect(await codeOf(await send(token, 'GET', 'me'))).toBe('200');
});

it('401: a token ends when it is revoked, at its end, and with the membership of its maker', async () => {
  const revoked = await make(owner);
  expect(await codeOf(await send(owner, 'DELETE', `tokens/${revoked.tokenId}`))).toBe('204');
  expect(await codeOf(await send(revoked.token, 'GET', 'me'))).toBe('401 token.ended');

  const admin = await signInAs('admin');
  const left = await make(admin);
  await removeMember(ownerContext(), { operatorId: await operatorIdOf(admin) });
  expect(await codeOf(await send(left.token, 'GET', 'me'))).toBe('401 token.ended');

  const short = await make(owner, { days: 1 });
  const before = server.real.now;
  server.real.now = new Date(before.getTime() + 86_400_000);
  expect(await codeOf(await send(short.token, 'GET', 'me'))).toBe('401 token.ended');
  server.real.now = before;
  expect(await codeOf(await send(`usher_${'x'.repeat(43)}`, 'GET', 'me'))).toBe('401 token.ended');
});

it('a token falls with the role of its maker', async () => {
  const admin = await signInAs('admin');
  const { token } = await make(admin, { role: 'admin' });
  await changeRole(ownerContext(), { operatorId: await operatorIdOf(admin), role: 'viewer' });
  expect(await (await send(token, 'GET', 'me')).json()).toMatchObject({ role: 'viewer' });
});

it('404: a token of another workspace is not there', async () => {
  const { tokenId } = await make(owner);
  const stranger = await server.signIn((await server.claim('Elsewhere')).telegramId);
  expect(await codeOf(await send(stranger, 'DELETE', `tokens/${tokenId}`))).toBe('404 not_found');
});

it.each([
  [{ name: '', days: 1 }, 'name'],
  [{ name: 'x', days: 0 }, 'days'],
  [{ name: 'x', days: 366 }, 'days'],
  [{ name: 'x', days: 1, role: 'king' }, 'role'],
  [{ name: 'x', days: 1, colour: 'red' }, 'colour'],
])('400: %j names the field %s', async (body, field) => {
  const problem = await problemOf(await send(owner, 'POST', 'tokens', body));
  expect(problem).toMatchObject({ status: 400, code: 'invalid_input', fields: [field] });
});

it('the same call under the same key makes one token and answers the same, also at once', async () => {
  const body = { name: 'Once', days: 3 };
  const key = { 'idempotency-key': 'k-1' };
  const answers = await Promise.all([1, 2, 3].map(() => send(owner, 'POST', 'tokens', body, key)));
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(bodies[1]).toEqual(bodies[0]);
  expect(bodies[2]).toEqual(bodies[0]);
  const { items } = (await (await send(owner, 'GET', 'tokens')).json()) as { items: unknown[] };
  expect(items).toHaveLength(1);
  const rows = await server.db.owner.execute('select outcome from idempotency_key');
  const { token } = bodies[0] as { token: string };
  expect(rows.some((row) => (row.outcome as Buffer).includes(token))).toBe(false);
});

it('422: another body under the key is refused, and 409 when somebody else’s answer is asked for', async () => {
  const key = { 'idempotency-key': 'k-2' };
  expect((await send(owner, 'POST', 'tokens', { name: 'One', days: 3 }, key)).status).toBe(201);
  expect(await codeOf(await send(owner, 'POST', 'tokens', { name: 'Two', days: 3 }, key))).toBe(
    '422 call.key_reused',
  );
  const again = await server.signIn(home.telegramId, {});
  expect(await codeOf(await send(again, 'POST', 'tokens', { name: 'One', days: 3 }, key))).toBe(
    '409 call.answer_gone',
  );
});

it('a key is free again after a refusal, after a day, and for other people', async () => {
  const key = { 'idempotency-key': 'k-3' };
  expect((await send(owner, 'POST', 'tokens', { name: '', days: 3 }, key)).status).toBe(400);
  expect((await send(owner, 'POST', 'tokens', { name: 'One', days: 3 }, key)).status).toBe(201);
  await server.db.owner.execute("update idempotency_key set expires_at = expires_at - interval '25 hours'");
  expect((await send(owner, 'POST', 'tokens', { name: 'Two', days: 3 }, key)).status).toBe(201);
  expect(
    (await send(await signInAs('admin'), 'POST', 'tokens', { name: 'Three', days: 3 }, key)).status,
  ).toBe(201);
});

it('400: a key that cannot be one is named', async () => {
  const response = await send(owner, 'POST', 'tokens', { name: 'x', days: 1 }, { 'idempotency-key': 'a b' });
  expect(await problemOf(response)).toMatchObject({ status: 400, fields: ['Idempotency-Key'] });
});

it('304: a read that is asked again with its name answers only what is new', async () => {
  const first = await send(owner, 'GET', 'members');
  const etag = first.headers.get('etag') ?? '';
  server.business.now = new Date(server.business.now.getTime() + 60_000);
  const same = await send(owner, 'GET', 'members', undefined, { 'if-none-match': etag });
  expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
  await home.add('viewer');
  const changed = await send(owner, 'GET', 'members', undefined, { 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(etag);
});
