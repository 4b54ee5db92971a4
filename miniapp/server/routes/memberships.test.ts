import { afterAll, beforeAll, expect, it } from 'vitest';
import { everybody } from '#core/audience/people-wish.ts';
import { later, MINUTE_MS } from '#core/duration.ts';
import { finishFileImport } from '#db/commands/finish-file-import.ts';
import { importFileRows } from '#db/commands/import-file-rows.ts';
import { openAudienceFile } from '#db/commands/open-audience-file.ts';
import { receiveAudienceFile } from '#db/commands/receive-audience-file.ts';
import { removeParseTask } from '#db/commands/remove-parse-task.ts';
import { saveFileCheck } from '#db/commands/save-file-check.ts';
import { startFileImport } from '#db/commands/start-file-import.ts';
import { createAccount, createAudience, type Home, parsePeople, seenPerson } from '#db/testing/factories.ts';
import { type PeoplePageAnswer, peoplePageSchema } from '#miniapp/contract/people.ts';
import { createTestServer, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let home: Home;
let owner: string;

beforeAll(async () => {
  server = await createTestServer({ reading: 1000 });
  const { workspaceId, operatorId, telegramId } = await server.claim('Harbour');
  const at = (now: Date): Home => ({
    workspaceId,
    operatorId,
    owner: {
      db: server.db.app,
      workspaceId,
      now,
      actor: { kind: 'operator', operatorId, role: 'owner' },
    },
    worker: { db: server.db.worker, workspaceId, now, actor: { kind: 'system', part: 'worker' } },
    at,
  });
  home = at(server.business.now);
  owner = await server.signIn(telegramId);
});
afterAll(() => server.close());

type Membership = PeoplePageAnswer['items'][number]['membership'];

const membershipsOf = async (audienceId: string): Promise<Membership[]> => {
  const answer = await server.request(`/api/v1/people?audienceId=${audienceId}`, server.as(owner));
  return peoplePageSchema.parse(await answer.json()).items.map(({ membership }) => membership);
};
const ordered = { at: '2026-03-01T12:00:00.000Z', by: 'Ada' };

/** A file with one row, imported as an audience. */
async function importOne(): Promise<{ fileId: string; audienceId: string }> {
  const { fileId } = await openAudienceFile(home.owner, { name: 'guests.csv' });
  await receiveAudienceFile(home.owner, { fileId, sizeBytes: 2 });
  const reading = {
    ...({ kind: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: false } as const),
    mapping: { telegramId: 0 },
  };
  await saveFileCheck(home.worker, {
    fileId,
    check: { reading, preview: [['77']], good: 1, bad: 0, errors: [] },
  });
  const plan = { into: 'audience', name: 'Guests', basis: 'existing_member', onlyGoodRows: false } as const;
  const { audienceId } = await startFileImport(home.owner, { fileId, plan });
  const person = { line: 1, telegramId: '77', username: null, phone: null, firstName: null, lastName: null };
  await importFileRows(home.worker, { fileId, from: 0, people: [{ ...person, hashes: [] }], bad: 0 });
  await finishFileImport(home.worker, { fileId });
  return { fileId, audienceId: audienceId ?? '' };
}

const nowhere = { originId: null, originName: null, source: null };

it('tells of each member the basis, the source, when it brought them and who ordered it', async () => {
  const account = await createAccount(home);
  const seenAt = later(home.owner.now, MINUTE_MS);
  const { taskId } = await parsePeople(home.at(seenAt), account, [seenPerson({ username: 'seen_here' })]);
  const [parsed] = await membershipsOf(await createAudience(home, { taskIds: [taskId] }));
  expect(parsed).toEqual({
    basis: 'collected',
    origin: 'parse_task',
    originId: taskId,
    originName: expect.stringMatching(/^Group \d+$/),
    source: 'members',
    ...ordered,
    at: seenAt.toISOString(),
  });

  const { fileId, audienceId } = await importOne();
  const fromFile = {
    basis: 'existing_member',
    origin: 'file',
    originId: fileId,
    originName: 'guests.csv',
    source: null,
  };
  expect(await membershipsOf(audienceId)).toEqual([{ ...fromFile, ...ordered }]);

  const typed = await createAudience(home, {
    typed: [{ line: 1, text: '@typed_here' }],
    typedBasis: 'opted_in',
  });
  expect(await membershipsOf(typed)).toEqual([
    { basis: 'opted_in', origin: 'typed', ...nowhere, ...ordered },
  ]);

  const joined = await createAudience(home.at(seenAt), { union: [audienceId] });
  const fromOther = { ...fromFile, origin: 'audience', originId: audienceId, originName: 'Guests' };
  expect(await membershipsOf(joined)).toEqual([{ ...fromOther, ...ordered, at: seenAt.toISOString() }]);

  const segment = await createAudience(home, { segment: { search: 'typed_here', filter: everybody } });
  expect(await membershipsOf(segment)).toEqual([
    { basis: 'collected', origin: 'segment', ...nowhere, ...ordered },
  ]);
});

it('knows who ordered a task that is gone, and says of nobody outside of an audience why they are known', async () => {
  const account = await createAccount(home);
  const { taskId } = await parsePeople(home, account, [seenPerson()]);
  const audienceId = await createAudience(home, { taskIds: [taskId] });
  await removeParseTask(home.owner, { taskId });
  expect(await membershipsOf(audienceId)).toEqual([
    { basis: 'collected', origin: 'parse_task', ...nowhere, originId: taskId, ...ordered },
  ]);
  const everyone = await server.request('/api/v1/people', server.as(owner));
  const { items } = peoplePageSchema.parse(await everyone.json());
  expect(items.length).toBeGreaterThan(0);
  expect(items.every(({ membership }) => membership === null)).toBe(true);
});
