import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let owner: string;

beforeAll(async () => {
  server = await createTestServer({ changing: 1000, reading: 1000 });
  owner = await server.signIn((await server.claim('Harbour')).telegramId);
});
afterAll(() => server.close());

const upload = (body: BodyInit, headers: Record<string, string> = {}) =>
  server.request(
    '/api/v1/audience-files?name=people.csv',
    server.as(owner, {
      ...{ method: 'POST', body, headers: { 'content-type': 'text/csv', ...headers } },
      ...(body instanceof ReadableStream && ({ duplex: 'half' } as object)),
    }),
  );
const kept = async () => {
  const [row] = await server.db.owner.execute<{ files: number; pieces: number }>(sql`
    select (select count(*) from audience_file)::int as files, (select count(*) from file_chunk)::int as pieces`);
  return row;
};

it('a file of two gigabytes is refused by its announced length, before a byte of it is read', async () => {
  const body = new ReadableStream(
    {
      pull() {
        throw new Error('nobody should read this');
      },
    },
    { highWaterMark: 0 },
  );
  const answer = await upload(body, { 'content-length': String(2 * 1024 ** 3) });
  expect(await problemOf(answer)).toMatchObject({ code: 'file.too_large' });
  expect(await kept()).toEqual({ files: 0, pieces: 0 });
});

it('an upload that is empty, or breaks off, leaves nothing behind', async () => {
  expect(await problemOf(await upload(''))).toMatchObject({ code: 'file.empty' });
  const piece = Buffer.alloc(300_000, 'a');
  let pieces = 0;
  const broken = new ReadableStream({
    pull(controller) {
      pieces += 1;
      if (pieces < 4) controller.enqueue(piece);
      else controller.error(new Error('the connection broke'));
    },
  });
  expect((await upload(broken)).ok).toBe(false);
  expect(await kept()).toEqual({ files: 0, pieces: 0 });
});
