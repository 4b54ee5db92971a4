import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '#miniapp/contract/problem.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

describe('every answer', () => {
  it.each(['/health/live', '/api/v1/me', '/nowhere'])('%s carries the security headers', async (path) => {
    const { headers } = await server.request(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain('frame-ancestors https://web.telegram.org http://127.0.0.1:9999');
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('404: an unknown path is a problem document', async () => {
    const response = await server.request('/api/v1/nothing');
    expect(problemSchema.parse(await problemOf(response))).toMatchObject({ status: 404, code: 'not_found' });
  });
});

it('413: a body above 64 KB is refused', async () => {
  const body = JSON.stringify({ workspaceId: 'x'.repeat(70_000) });
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
  const response = await server.request('/api/v1/sign-in', { method: 'POST', body, headers });
  expect(await problemOf(response)).toMatchObject({ status: 413, code: 'body_too_large' });
});

it('400: a body that is no JSON is refused', async () => {
  const headers = { 'content-type': 'application/json' };
  const response = await server.request('/api/v1/sign-in', { method: 'POST', body: '{', headers });
  expect(await problemOf(response)).toMatchObject({ status: 400, code: 'invalid_input' });
});

it('500: a failure nobody foresaw gives a request id and no message, and is logged under that id', async () => {
  await server.db.owner.execute('alter table server_session rename column token_hash to misplaced');
  const response = await server.request('/api/v1/me', server.as('t'.repeat(43)));
  await server.db.owner.execute('alter table server_session rename column misplaced to token_hash');
  const problem = await problemOf(response);
  expect(problem).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(problem)).not.toContain('token_hash');
  expect(server.logged).toContainEqual(
    expect.objectContaining({ fields: expect.objectContaining({ requestId: problem.requestId }) }),
  );
});

describe('health', () => {
  it('200: is live and ready on a database with this schema', async () => {
    expect((await server.request('/health/live')).status).toBe(200);
    expect((await server.request('/health/ready')).status).toBe(200);
  });

  it('503: is not ready when the schema lacks a column', async () => {
    await server.db.owner.execute('alter table campaign rename column name to title');
    const response = await server.request('/health/ready');
    await server.db.owner.execute('alter table campaign rename column title to name');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ because: 'schema_outdated' });
  });
});
