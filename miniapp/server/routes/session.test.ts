import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meSchema, signedInSchema } from '#miniapp/contract/session.ts';
import {
  createTestServer,
  problemOf,
  signLaunch,
  type TestServer,
} from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const MINUTE_MS = 60_000;
const post = (path: string, authorization: string, body?: unknown, address?: string) =>
  server.request(
    path,
    {
      method: 'POST',
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    address,
  );
const me = (token: string) => server.request('/api/v1/me', server.as(token));
const pass = (ms: number) => {
  server.real.now = new Date(server.real.now.getTime() + ms);
};

describe('signing in', () => {
  it('200: exchanges a launch for a token that says who one is', async () => {
    const { telegramId, workspaceId } = await server.claim('Harbour');
    const response = await post('/api/v1/sign-in', `tma ${signLaunch(telegramId, server.real.now)}`, {});
    expect(response.status).toBe(200);
    const { token, me: self } = signedInSchema.parse(await response.json());
    expect(self).toMatchObject({
      role: 'owner',
      workspace: { workspaceId, name: 'Harbour' },
      operator: { firstName: 'Ada', language: 'en' },
      timeScale: 3600,
    });
    expect(meSchema.parse(await (await me(token)).json())).toEqual(self);
  });

  it('401: refuses the same launch a second time, also when it is spelt in another order', async () => {
    const { telegramId } = await server.claim('Replay');
    const raw = signLaunch(telegramId, server.real.now);
    const [first, ...rest] = raw.split('&');
    await post('/api/v1/sign-in', `tma ${raw}`, {});
    for (const again of [raw, [...rest, first].join('&')]) {
      const response = await post('/api/v1/sign-in', `tma ${again}`, {});
      expect(response.status).toBe(401);
      expect((await problemOf(response)).code).toBe('launch.replayed');
    }
  });

  it('401: refuses one launch raced against itself all but once', async () => {
    const { telegramId } = await server.claim('Race');
    const raw = signLaunch(telegramId, server.real.now);
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => post('/api/v1/sign-in', `tma ${raw}`, {}, '203.0.113.8')),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
  });

  it.each([
    [401, 'launch.stale', -3601],
    [401, 'launch.future', 31],
  ])('%i: refuses a launch that is %s', async (status, code, seconds) => {
    const { telegramId } = await server.claim('Clock');
    const at = new Date(server.real.now.getTime() + seconds * 1000);
    const response = await post('/api/v1/sign-in', `tma ${signLaunch(telegramId, at)}`, {});
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });

  it('401: refuses a launch signed with another token', async () => {
    const response = await post('/api/v1/sign-in', `tma ${signLaunch('1', server.real.now, '1:x')}`, {});
    expect((await problemOf(response)).code).toBe('launch.unsigned');
  });

  it('403: tells somebody whom nobody invited', async () => {
    const response = await post('/api/v1/sign-in', `tma ${signLaunch('5', server.real.now)}`, {});
    expect(response.status).toBe(403);
    expect((await problemOf(response)).code).toBe('launch.stranger');
  });

  it('404: does not open a workspace one does not belong to', async () => {
    const { telegramId } = await server.claim('Mine');
    const { workspaceId } = await server.claim('Theirs');
    const raw = `tma ${signLaunch(telegramId, server.real.now)}`;
    expect((await post('/api/v1/sign-in', raw, { workspaceId })).status).toBe(404);
  });

  it('400: names a field it does not know, and still takes the launch afterwards', async () => {
    const { telegramId } = await server.claim('Fields');
    const raw = `tma ${signLaunch(telegramId, server.real.now)}`;
    const response = await post('/api/v1/sign-in', raw, { role: 'owner' });
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ code: 'invalid_input', fields: ['role'] });
    expect((await post('/api/v1/sign-in', raw)).status).toBe(200);
  });

  it.each(['', 'tma', 'Bearer x', 'tma a=b c'])('400: refuses the authorization "%s"', async (header) => {
    expect((await problemOf(await post('/api/v1/sign-in', header, {}))).code).toBe('launch.malformed');
  });

  it('429: stops an address at the 21st try of a minute and says when to come back', async () => {
    const attempt = () => post('/api/v1/sign-in', 'tma x=1', {}, '203.0.113.20');
    for (let i = 0; i < 20; i += 1) expect((await attempt()).status).toBe(400);
    const refused = await attempt();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect((await post('/api/v1/sign-in', 'tma x=1', {}, '203.0.113.21')).status).toBe(400);
    pass(MINUTE_MS);
    expect((await attempt()).status).toBe(400);
  });
});

describe('a session', () => {
  it('401: ends 15 minutes after its last use', async () => {
    const { telegramId } = await server.claim('Idle');
    const token = await server.signIn(telegramId);
    for (let i = 0; i < 3; i += 1) {
      pass(14 * MINUTE_MS);
      expect((await me(token)).status).toBe(200);
    }
    pass(15 * MINUTE_MS);
    const response = await me(token);
    expect(response.status).toBe(401);
    expect((await problemOf(response)).code).toBe('session.ended');
  });

  it('401: ends after 12 hours however much it is used', async () => {
    const { telegramId } = await server.claim('Long');
    const token = await server.signIn(telegramId);
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      pass(10 * MINUTE_MS);
      expect((await me(token)).status).toBe(200);
    }
    pass(10 * MINUTE_MS);
    expect((await me(token)).status).toBe(401);
  });

  it('401: ends at once with signing out', async () => {
    const { telegramId } = await server.claim('Out');
    const token = await server.signIn(telegramId);
    const response = await server.request('/api/v1/sign-out', server.as(token, { method: 'POST' }));
    expect(response.status).toBe(204);
    expect((await me(token)).status).toBe(401);
  });

  it('401: ends with the membership', async () => {
    const { add, workspaceId } = await server.claim('Leaving');
    const token = await server.signIn(await add('viewer'));
    await server.db.owner.execute(
      `delete from member where workspace_id = '${workspaceId}' and role = 'viewer'`,
    );
    expect((await me(token)).status).toBe(401);
  });

  it('401: is not opened by a made-up token, and none at all is told apart', async () => {
    for (const token of ['x', 'a'.repeat(43)])
      expect((await problemOf(await me(token))).code).toBe('session.ended');
    expect((await problemOf(await server.request('/api/v1/me'))).code).toBe('session.missing');
  });

  it('keeps neither token nor launch in the database', async () => {
    const { telegramId } = await server.claim('Hashes');
    const token = await server.signIn(telegramId);
    const rows = await server.db.owner.execute('select server_session::text as row from server_session');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
  });
});
