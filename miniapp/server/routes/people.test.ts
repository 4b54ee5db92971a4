import { afterAll, beforeAll, expect, it } from 'vitest';
import { finishExport } from '#db/commands/finish-export.ts';
import { storeStream } from '#db/file-chunks.ts';
import { person } from '#db/schema/index.ts';
import { exportAnswerSchema } from '#miniapp/contract/exports.ts';
import { peoplePageSchema, peopleStatisticsSchema } from '#miniapp/contract/people.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let workspaceId: string;
let owner: string;

const facts = {
  isBot: false,
  isDeleted: false,
  isScam: false,
  isPremium: false,
  hasPhoto: true,
  isAdminSomewhere: false,
  lastSeen: 'recently',
} as const;
const PEOPLE = [
  { telegramId: '101', username: 'anna_k', firstName: 'Анна', lastName: 'Иванова' },
  { telegramId: '102', username: 'petrov', firstName: 'Иван', lastName: null },
  { telegramId: '103', username: null, firstName: '=HYPERLINK("x")', lastName: 'Иваненко' },
  {
    telegramId: '104',
    username: 'ann',
    firstName: 'Bob',
    lastName: 'Anniston',
    phone: '+447700900104',
    isPremium: true,
  },
  { telegramId: '105', username: 'helper_bot', firstName: 'Helper', lastName: null, isBot: true },
];

beforeAll(async () => {
  server = await createTestServer({ changing: 1000, reading: 1000 });
  const home = await server.claim('Harbour', 'ru');
  workspaceId = home.workspaceId;
  owner = await server.signIn(home.telegramId);
  await server.db.owner
    .insert(person)
    .values(PEOPLE.map((row) => ({ ...facts, ...row, workspaceId, seenAt: server.business.now })));
});
afterAll(() => server.close());

const get = (path: string) => server.request(`/api/v1/${path}`, server.as(owner));
const namesOf = async (query: string) => {
  const { items } = peoplePageSchema.parse(await (await get(`people?${query}`)).json());
  return items.map(({ telegramId }) => telegramId);
};

it('finds people by the beginning of a name, a last name or a username, each once', async () => {
  expect(await namesOf(`search=${encodeURIComponent('иван')}`)).toEqual(['102', '103', '101']);
  expect(await namesOf('search=ann')).toEqual(['101', '104']);
  expect(await namesOf('search=@AnN')).toEqual(expect.arrayContaining(['101', '104']));
  expect(await namesOf('search=nobody')).toEqual([]);
});

it('shows the phone number of whom an operator has brought one', async () => {
  const { items } = peoplePageSchema.parse(await (await get('people?search=anniston')).json());
  expect(items).toMatchObject([{ telegramId: '104', phone: '+447700900104' }]);
});

it('pages through the list in any order without gap or repetition', async () => {
  for (const sort of ['name', '-name', 'seen', '-seen']) {
    const found: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `people?limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`;
      const page = peoplePageSchema.parse(await (await get(path)).json());
      found.push(...page.items.map(({ telegramId }) => telegramId));
      expect(page.total).toBe(5);
      cursor = page.next;
    } while (cursor);
    expect(new Set(found).size, sort).toBe(5);
    expect(found, sort).toHaveLength(5);
  }
});

it('filters, and counts what it lets through', async () => {
  expect(await namesOf('isPremium=true')).toEqual(['104']);
  expect(await namesOf('keepsBots=false&hasUsername=true&sort=name')).toEqual(['104', '101', '102']);
  expect(await namesOf('lastSeen=online,week')).toEqual([]);
  const answer = peopleStatisticsSchema.parse(await (await get('people/statistics')).json());
  expect(answer.statistics).toMatchObject({
    total: 5,
    premium: 1,
    bots: 1,
    withUsername: 4,
    lastSeen: { recently: 5, online: 0 },
    scripts: { cyrillic: 3, latin: 2 },
  });
});

it('writes a CSV that Excel of the country opens right, without a live formula', async () => {
  const response = await get('people/export?format=csv');
  expect(response.headers.get('content-disposition')).toContain('people.csv');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = bytes.toString('utf8');
  expect(text).toContain('101;anna_k;Анна;Иванова;recently;false');
  expect(text).toContain(`103;;"'=HYPERLINK(""x"")";Иваненко`);
});

it('writes JSON, and a workbook in which a formula is a text', async () => {
  const rows = (await (await get('people/export?format=json&search=anniston')).json()) as object[];
  expect(rows).toMatchObject([
    { telegram_id: '104', first_name: 'Bob', is_premium: true, phone: '+447700900104' },
  ]);
  const book = Buffer.from(await (await get('people/export?format=xlsx')).arrayBuffer());
  expect(book.subarray(0, 2).toString()).toBe('PK');
});

it('a list above a megabyte is ordered as an export, whose file is handed out when it is written', async () => {
  await server.db.owner.execute(`
    insert into person (workspace_id, telegram_id, first_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
      is_admin_somewhere, last_seen, seen_at)
    select '${workspaceId}', 1000 + n, 'Somebody', false, false, false, false, false, false, 'week', clock_timestamp()
    from generate_series(1, 15000) as n`);
  expect(await problemOf(await get('people/export?format=csv'))).toMatchObject({ code: 'export.too_large' });
  const ordered = await server.request(
    '/api/v1/exports',
    server.as(owner, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: 'csv' }),
    }),
  );
  expect(ordered.status).toBe(202);
  const { exportId } = (await ordered.json()) as { exportId: string };
  expect(await problemOf(await get(`exports/${exportId}/file`))).toMatchObject({ code: 'export.not_ready' });

  const ctx = {
    db: server.db.worker,
    workspaceId,
    now: server.business.now,
    actor: { kind: 'system', part: 'test' } as const,
  };
  const file = Buffer.alloc(700_000, 'abc');
  const sizeBytes = await storeStream(ctx, exportId, pieces(file));
  await finishExport(ctx, { exportId, rows: 1, sizeBytes });
  const told = exportAnswerSchema.parse(await (await get(`exports/${exportId}`)).json());
  expect(told.export).toMatchObject({ status: 'ready', sizeBytes: 700_000 });
  const got = Buffer.from(await (await get(`exports/${exportId}/file`)).arrayBuffer());
  expect(got.equals(file)).toBe(true);
});

async function* pieces(file: Buffer) {
  for (let at = 0; at < file.length; at += 70_001) yield file.subarray(at, at + 70_001);
}
