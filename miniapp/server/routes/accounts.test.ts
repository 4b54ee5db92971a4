import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAccount } from '#db/commands/connect-account.ts';
import {
  accountAnswerSchema,
  accountHistorySchema,
  accountLogPageSchema,
  accountPageSchema,
  authorizationsAnswerSchema,
} from '#miniapp/contract/accounts.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const json = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const call = (token: string, method: string, path: string, body?: object) =>
  server.request(`/api/v1/accounts${path}`, server.as(token, { method, ...(body && json(body)) }));
const codeOf = async (response: Response) =>
  response.ok ? response.status : `${response.status} ${(await problemOf(response)).code}`;

let count = 0;
const open = async (name: string) => {
  const home = await server.claim(name);
  count += 1;
  const { accountId } = await connectAccount(
    {
      db: server.db.app,
      actor: { kind: 'operator', operatorId: home.operatorId, role: 'owner' },
      workspaceId: home.workspaceId,
      now: new Date('2026-03-01T12:00:00Z'),
    },
    {
      profile: {
        telegramId: String(6_000_000 + count),
        firstName: 'Anna',
        username: 'anna',
        isPremium: true,
      },
      seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
    },
  );
  return { ...home, accountId, token: await server.signIn(home.telegramId) };
};
const listOf = async (token: string) =>
  accountPageSchema.parse(await (await call(token, 'GET', '')).json()).items;

describe('accounts', () => {
  it('are read with what they may do, their history and their sessions', async () => {
    const { token, accountId } = await open('Reads');
    expect(await listOf(token)).toMatchObject([{ accountId, username: 'anna', status: 'active' }]);
    const { account } = accountAnswerSchema.parse(await (await call(token, 'GET', `/${accountId}`)).json());
    expect(account).toMatchObject({ isPremium: true, hasPhoto: null, rights: [], isLoggingOut: false });
    const history = await (await call(token, 'GET', `/${accountId}/history`)).json();
    expect(accountHistorySchema.parse(history)).toMatchObject({ results: [], errors: [] });
    const log = accountLogPageSchema.parse(await (await call(token, 'GET', `/${accountId}/log`)).json());
    expect(log.items.map(({ action }) => action)).toEqual(['account.connected']);
    const sessions = await (await call(token, 'GET', `/${accountId}/sessions`)).json();
    expect(authorizationsAnswerSchema.parse(sessions)).toMatchObject({ readAt: null, items: [] });
  });

  it('are switched off and on, refreshed, logged out and removed', async () => {
    const { token, accountId } = await open('Changes');
    expect(await codeOf(await call(token, 'POST', `/${accountId}/disable`))).toBe(204);
    expect(await codeOf(await call(token, 'POST', `/${accountId}/disable`))).toBe(
      '409 account.already_disabled',
    );
    expect(await codeOf(await call(token, 'POST', `/${accountId}/enable`))).toBe(204);
    expect(await codeOf(await call(token, 'POST', `/${accountId}/refresh`))).toBe(202);
    expect(await codeOf(await call(token, 'POST', `/${accountId}/log-out`))).toBe(202);
    const { account } = accountAnswerSchema.parse(await (await call(token, 'GET', `/${accountId}`)).json());
    expect(account.isLoggingOut).toBe(true);
    expect(await codeOf(await call(token, 'DELETE', `/${accountId}/sessions/5`))).toBe(
      '404 account.authorization_unknown',
    );
    expect(await codeOf(await call(token, 'DELETE', `/${accountId}/sessions/x`))).toBe('400 invalid_input');
    expect(await codeOf(await call(token, 'DELETE', `/${accountId}`))).toBe(204);
    expect(await listOf(token)).toEqual([]);
    expect(await codeOf(await call(token, 'GET', `/${accountId}`))).toBe('404 not_found');
  });

  it('are asked what they may do in a community, of any written form', async () => {
    const { token, accountId } = await open('Rights');
    const ask = (reference: string) => call(token, 'POST', `/${accountId}/rights`, { reference });
    expect(await codeOf(await ask('https://t.me/rights_here'))).toBe(202);
    expect(await codeOf(await ask('@Rights_Here'))).toBe(202);
    const { account } = accountAnswerSchema.parse(await (await call(token, 'GET', `/${accountId}`)).json());
    expect(account.rights).toMatchObject([{ isChecking: true, checkedAt: null, refusal: null }]);
    expect(await codeOf(await ask('not a community'))).toBe('422 community.reference_malformed');
  });

  const changes = [
    ['POST', '/refresh'],
    ['POST', '/disable'],
    ['POST', '/enable'],
    ['POST', '/log-out'],
    ['DELETE', '/sessions/5'],
    ['DELETE', ''],
  ] as const;

  it.each([['GET', ''], ['GET', '/history'], ['GET', '/log'], ['GET', '/sessions'], ...changes] as const)(
    '%s %s of another workspace is not found',
    async (method, path) => {
      const { token } = await open('Mine');
      const { accountId } = await open('Theirs');
      expect(await codeOf(await call(token, method, `/${accountId}${path}`))).toBe('404 not_found');
      expect(await codeOf(await call(token, method, `/${randomUUID()}${path}`))).toBe('404 not_found');
    },
  );

  it.each(changes)('%s %s is not for a viewer', async (method, path) => {
    const home = await open('Roles');
    const viewer = await server.signIn(await home.add('viewer'));
    expect(await codeOf(await call(viewer, method, `/${home.accountId}${path}`))).toBe('403 forbidden');
  });
});
