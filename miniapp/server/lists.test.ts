import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRoutes } from './testing/list-routes.ts';
import { ROWS, seedLists } from './testing/seed-lists.ts';
import { createTestServer, problemOf, type TestServer } from './testing/test-server.ts';

/** Few by their nature, and so answered whole; the contract says why. */
const WHOLE = ['/api/v1/accounts/:accountId/sessions', '/api/v1/limit-policies', '/api/v1/nodes'];

type Page = { items: unknown[]; total: number; next?: string | null };
type Operation = {
  parameters?: { name: string }[];
  responses: Record<string, { content?: Record<string, { schema: { properties?: object } }> }>;
};

let server: TestServer;
let token: string;
let ids: Record<string, string>;
let lists: { path: string; isPaged: boolean }[];

beforeAll(async () => {
  const many = 1_000_000;
  server = await createTestServer({ address: many, signIn: many, workspace: many, reading: many });
  ({ token, ids } = await seedLists(server));
  const document = await (await server.request('/api/v1/openapi.json')).json();
  const { paths } = document as { paths: Record<string, { get?: Operation }> };
  lists = listRoutes(server.app).flatMap(({ method, path }) => {
    const operation = method === 'GET' ? paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.get : undefined;
    const shape = operation?.responses['200']?.content?.['application/json']?.schema.properties ?? {};
    const isPaged = operation?.parameters?.some(({ name }) => name === 'cursor') ?? false;
    return 'items' in shape ? [{ path, isPaged }] : [];
  });
});
afterAll(() => server.close());

const get = (path: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) => {
  const named = path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? '');
  return server.request(`${named}?${new URLSearchParams(query)}`, server.as(token, { headers }));
};
const read = async (path: string, query: Record<string, string> = {}): Promise<Page> => {
  const response = await get(path, query);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Page;
};
const pagedLists = () => lists.filter(({ isPaged }) => isPaged).map(({ path }) => path);

it('every list is paged, but for those that are few by their nature', () => {
  expect(
    lists
      .filter(({ isPaged }) => !isPaged)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(WHOLE);
  expect(pagedLists().length).toBeGreaterThan(15);
});

it('pages join without gap or repetition, and each tells the total', async () => {
  for (const path of pagedLists()) {
    const whole = await read(path, { limit: '100' });
    expect(whole.items.length, path).toBeGreaterThanOrEqual(ROWS);
    expect(new Set(whole.items.map((item) => JSON.stringify(item))).size, path).toBe(whole.items.length);
    const joined: unknown[] = [];
    let cursor: string | null | undefined = '';
    while (cursor !== null) {
      const page: Page = await read(path, { limit: '2', ...(cursor && { cursor }) });
      expect(page.total, path).toBe(whole.items.length);
      joined.push(...page.items);
      cursor = page.next ?? null;
    }
    expect(joined, path).toEqual(whole.items);
  }
});

it('whoever asks again with the name of an answer is told that nothing has changed', async () => {
  for (const { path } of lists) {
    const first = await get(path);
    const { total } = (await first.json()) as Page;
    expect(total, path).toBeGreaterThanOrEqual(0);
    const again = await get(path, {}, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, await again.text()], path).toEqual([304, '']);
  }
});

it('refuses places nobody gave out, and pages of no size or too many rows', async () => {
  for (const path of pagedLists()) {
    for (const [field, value] of [
      ['cursor', 'nonsense'],
      ['limit', '0'],
      ['limit', '101'],
    ] as const) {
      const problem = await problemOf(await get(path, { [field]: value }));
      expect(problem, path).toMatchObject({ status: 400, code: 'invalid_input', fields: [field] });
    }
  }
});
