import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRoutes } from '#miniapp/server/testing/list-routes.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

type Operation = {
  summary?: string;
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object }> }>;
  parameters?: { in: string; name: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, object>; responses: Record<string, object> };
};

let server: TestServer;
let document: Document;
beforeAll(async () => {
  server = await createTestServer();
  const response = await server.request('/api/v1/openapi.json');
  expect(response.status).toBe(200);
  document = (await response.json()) as Document;
});
afterAll(() => server.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );

it('is OpenAPI 3.1, and holds every route of the app and no other', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const served = listRoutes(server.app).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  expect(
    operations()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(served.sort());
});

it('names in docs/api.md only calls there are', () => {
  const guide = readFileSync('docs/api.md', 'utf8');
  const named = [...guide.matchAll(/(GET|POST|PUT|PATCH|DELETE) (\/api\/v1[\w{}/.-]*)/g)].map(
    ([call]) => call,
  );
  const served = operations().map(({ name }) => name);
  expect(named.filter((call) => !served.includes(call))).toEqual([]);
  expect(named).toContain('POST /api/v1/campaigns/{campaignId}/cancel');
});

it('says of every route what it does, what it takes and what it answers', () => {
  for (const { name, path, operation } of operations()) {
    expect(operation.summary, name).toBeTruthy();
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(
      known.map((parameter) => parameter.name),
      name,
    ).toEqual(named);
    const success = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
    expect(success, name).toHaveLength(1);
    expect(operation.responses['4XX'], name).toEqual({ $ref: '#/components/responses/Problem' });
  }
});

it('refers to nothing that it does not hold', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) {
    const found = reference
      .split('/')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
    expect(found, reference).toBeTruthy();
  }
});

it('405: names the methods that an address takes', async () => {
  const response = await server.request('/health/live', { method: 'POST' });
  expect(await problemOf(response)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(response.headers.get('allow')).toBe('GET');
});
