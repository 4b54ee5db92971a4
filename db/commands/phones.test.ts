import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilePerson } from '#core/audience/file-reading.ts';
import { getAudience } from '../queries/get-audience.ts';
import { audienceMember, person } from '../schema/index.ts';
import { createAudience, createHome, type Home, hashPerson } from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { finishFileImport } from './finish-file-import.ts';
import { importFileRows } from './import-file-rows.ts';
import { openAudienceFile } from './open-audience-file.ts';
import { receiveAudienceFile } from './receive-audience-file.ts';
import { saveFileCheck } from './save-file-check.ts';
import { startFileImport } from './start-file-import.ts';
import { suppressPerson } from './suppress-person.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const phone = '+79991234567';
const other = '+491512345678';

const typedBy = (home: Home, ...texts: string[]) =>
  createAudience(home, { typed: texts.map((text, index) => ({ line: index + 1, text })) });

/** Imports one batch of a file into an audience of its own. */
const importPeople = async (home: Home, people: readonly Partial<FilePerson>[]): Promise<string> => {
  const file = await openAudienceFile(home.owner, { name: 'people.csv' });
  await receiveAudienceFile(home.owner, { ...file, sizeBytes: 2 });
  const reading = {
    ...({ kind: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: false } as const),
    mapping: { telegramId: 0, username: 1, phone: 2 },
  };
  await saveFileCheck(home.worker, {
    ...file,
    check: { reading, preview: [], good: people.length, bad: 0, errors: [] },
  });
  const plan = { into: 'audience', name: file.fileId, basis: 'opted_in', onlyGoodRows: false } as const;
  const { audienceId } = await startFileImport(home.owner, { ...file, plan });
  const nothing = { telegramId: null, username: null, phone: null, firstName: null, lastName: null };
  const rows = people.map((row, index) => {
    const hashes = hashPerson(row).map((hash) => hash.toString('hex'));
    return { line: index + 1, ...nothing, ...row, hashes };
  });
  await importFileRows(home.worker, { ...file, from: 0, people: rows, bad: 0 });
  await finishFileImport(home.worker, file);
  if (!audienceId) throw new Error('the file goes into an audience');
  return audienceId;
};

const membersOf = (audienceId: string) =>
  db.owner
    .select({
      id: person.id,
      telegramId: person.telegramId,
      username: person.username,
      phone: person.phone,
      firstName: person.firstName,
    })
    .from(audienceMember)
    .innerJoin(person, eq(person.id, audienceMember.personId))
    .where(eq(audienceMember.audienceId, audienceId))
    .orderBy(audienceMember.position);
const peopleOf = (home: Home) => db.owner.$count(person, eq(person.workspaceId, home.workspaceId));

test('a typed number is one person however it is written, and is not their name', async () => {
  const home = await createHome(db);
  const audienceId = await typedBy(home, '+7 (999) 123-45-67', '+79991234567', '8 999 123-45-67');
  expect(await membersOf(audienceId)).toMatchObject([
    { telegramId: null, username: null, phone, firstName: '…4567' },
  ]);
  expect(await getAudience(home.owner, { audienceId })).toMatchObject({
    rejects: [{ line: 3, reason: 'target.phone_malformed' }],
  });
  await typedBy(home, phone);
  expect(await peopleOf(home)).toBe(1);
});

test('a file finds people by id, then by username, then by phone, and completes what was known', async () => {
  const home = await createHome(db);
  const known = await membersOf(await typedBy(home, phone, '@ann_lee', '77001'));
  const found = await membersOf(
    await importPeople(home, [
      { phone, username: 'new_here', firstName: 'Nora' },
      { username: 'ann_lee', phone: other, telegramId: '77002' },
      { telegramId: '77001', phone: '+12025550123' },
    ]),
  );
  expect(found.map(({ id }) => id)).toEqual(known.map(({ id }) => id));
  expect(found).toMatchObject([
    { telegramId: null, username: 'new_here', phone },
    { telegramId: '77002', username: 'ann_lee', phone: other },
    { telegramId: '77001', phone: '+12025550123' },
  ]);
  expect(await peopleOf(home)).toBe(3);
});

test('a number that stands beside an id or a username in the same file is no second person', async () => {
  const home = await createHome(db);
  const audienceId = await importPeople(home, [
    { phone },
    { telegramId: '77003', phone },
    { phone: other },
    { username: 'ann_lee', phone: other },
    { phone: '+12025550123' },
    { phone: '+12025550123' },
  ]);
  expect(await membersOf(audienceId)).toMatchObject([
    { telegramId: '77003', phone },
    { username: 'ann_lee', phone: other },
    { phone: '+12025550123', firstName: '…0123' },
  ]);
});

test('two people with one number, or two numbers for one id, break no import', async () => {
  const home = await createHome(db);
  await typedBy(home, phone, '@ann_lee');
  const audienceId = await importPeople(home, [
    { telegramId: '77004', phone, username: 'ann_lee' },
    { telegramId: '77005', phone },
  ]);
  expect(await membersOf(audienceId)).toMatchObject([{ telegramId: '77004' }, { telegramId: '77005' }]);
  const again = await importPeople(home, [{ telegramId: '77004', phone: other }]);
  expect(await membersOf(again)).toMatchObject([{ telegramId: '77004', phone }]);
});

test('whoever is suppressed by their number is left out, whatever else stands in the row', async () => {
  const home = await createHome(db);
  const wish = { scope: 'workspace', reason: 'asked', hashPerson } as const;
  await suppressPerson(home.owner, { person: { phone }, ...wish });
  const audienceId = await importPeople(home, [
    { phone },
    { telegramId: '77006', phone },
    { telegramId: '77007', phone: other },
  ]);
  expect(await membersOf(audienceId)).toMatchObject([{ telegramId: '77007' }]);
});
