import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilePlan } from '#core/audience/file-plan.ts';
import { everybody } from '#core/audience/people-wish.ts';
import { cancelFileImport } from '#db/commands/cancel-file-import.ts';
import { changeFileReading } from '#db/commands/change-file-reading.ts';
import { openAudienceFile } from '#db/commands/open-audience-file.ts';
import { receiveAudienceFile } from '#db/commands/receive-audience-file.ts';
import { requestExport } from '#db/commands/request-export.ts';
import { startFileImport } from '#db/commands/start-file-import.ts';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import { readChunks, storeStream } from '#db/file-chunks.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { getAudience } from '#db/queries/get-audience.ts';
import { type AudienceFileDetail, getAudienceFile, listFileErrors } from '#db/queries/get-audience-file.ts';
import { getExport } from '#db/queries/get-export.ts';
import { writeTable } from '#files/write-table.ts';
import { suppressionKey } from './testing/keys.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.startWorker();
});
afterAll(() => stage.close());

const hashPerson = createHashPerson(suppressionKey);

/** Uploads a file and answers it once a worker has read it through. */
const upload = async (bytes: Buffer, name = 'people.csv'): Promise<AudienceFileDetail> => {
  const ctx = stage.context();
  const { fileId } = await openAudienceFile(ctx, { name });
  const sizeBytes = await storeStream(ctx, fileId, Readable.from([bytes]));
  await receiveAudienceFile(ctx, { fileId, sizeBytes });
  return read(fileId, ['checked', 'refused']);
};
const read = (fileId: string, ends: string[]): Promise<AudienceFileDetail> =>
  stage.until(async () => {
    const file = await getAudienceFile(stage.context(), { fileId });
    return ends.includes(file.status) ? file : undefined;
  });
const into = (more: Partial<FilePlan> = {}): FilePlan =>
  ({ into: 'audience', name: randomUUID(), basis: 'opted_in', onlyGoodRows: false, ...more }) as FilePlan;
const importAll = async (fileId: string, plan = into()) => {
  const { audienceId } = await startFileImport(stage.context(), { fileId, plan });
  const file = await read(fileId, ['imported']);
  const audience = audienceId ? await getAudience(stage.context(), { audienceId }) : undefined;
  return { file, audience };
};
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const cp1251 = (text: string) =>
  Buffer.from([...text].map((char) => (char > '\u007f' ? char.charCodeAt(0) - 0x350 : char.charCodeAt(0))));

describe('a file of people', () => {
  const russian = 'Имя пользователя;Имя;Телефон\r\n@anna_k;Анна;\r\n@petr_i;Пётр;\r\n'.replace('ё', 'е');

  it.each([
    ['UTF-8', Buffer.from(russian), 'utf-8'],
    ['UTF-16 without a mark', utf16(russian), 'utf-16le'],
    ['Windows-1251', cp1251(russian), 'windows-1251'],
    // Only late in the file a letter shows that it is not UTF-8.
    [
      'late Windows-1251',
      cp1251(`username;name\r\n${'@plain_one;Ann\r\n'.repeat(6000)}@late_one;Анна\r\n`),
      'windows-1251',
    ],
  ])('is read in %s, and its columns are guessed', async (_name, bytes, encoding) => {
    const file = await upload(bytes);
    expect(file.refusal).toBeNull();
    expect(file).toMatchObject({ status: 'checked', reading: { encoding, delimiter: ';', hasHeader: true } });
    expect(file.reading?.mapping).toMatchObject({ username: 0, firstName: 1 });
    expect(file.preview.flat().join()).not.toContain('\ufffd');
  });

  it('shows which rows name nobody, and imports nothing until the good ones alone are wanted', async () => {
    const file = await upload(
      Buffer.from('id,username,phone\n700001,,\n,,\n,=cmd|calc,\n,,89991234567\n700001,first_one,\n'),
    );
    expect(file.rows).toMatchObject({ good: 2, bad: 3, total: 5 });
    const errors = await listFileErrors(stage.context(), { fileId: file.fileId, afterLine: 0, limit: 10 });
    expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'target.no_identifier'],
      [4, 'target.identifier_malformed'],
      [5, 'target.phone_malformed'],
    ]);
    await expect(
      startFileImport(stage.context(), { fileId: file.fileId, plan: into() }),
    ).rejects.toMatchObject({ code: 'file.bad_rows' });
    const { file: done, audience } = await importAll(file.fileId, into({ onlyGoodRows: true }));
    expect(audience).toMatchObject({ status: 'ready', members: 1 });
    expect(done.rows).toMatchObject({ good: 2, bad: 3, repeated: 1 });
  });

  it('asks for a column that tells people apart, and reads again as it is told', async () => {
    const file = await upload(Buffer.from('code\tcolour\nabcd_one\tred\nabcd_two\tblue\n'));
    const reading = { kind: 'csv', encoding: 'utf-8', delimiter: '\t', hasHeader: true } as const;
    const choose = async (mapping: object) => {
      await changeFileReading(stage.context(), { fileId: file.fileId, reading: { ...reading, mapping } });
      return read(file.fileId, ['checked']);
    };
    expect((await choose({})).rows).toMatchObject({ good: 0, bad: 2 });
    await expect(
      startFileImport(stage.context(), { fileId: file.fileId, plan: into() }),
    ).rejects.toMatchObject({ code: 'file.no_identifier_column' });
    expect((await choose({ username: 0 })).rows).toMatchObject({ good: 2, bad: 0 });
  });

  it('leaves out whoever must not be contacted, and finds people again when it is imported twice', async () => {
    await suppressPerson(stage.context(), {
      person: { telegramId: '800002' },
      ...{ scope: 'workspace', reason: 'asked', hashPerson },
    });
    const bytes = Buffer.from('id,name\n800001,Ann\n800002,Bob\n800003,Cid\n');
    const first = await importAll((await upload(bytes)).fileId);
    expect(first.file.rows).toMatchObject({ good: 3, suppressed: 1, repeated: 0 });
    expect(first.audience?.members).toBe(2);
    const second = await importAll((await upload(bytes)).fileId);
    expect(second.audience?.members).toBe(2);
    const [known] = await stage.db.owner.execute<{ n: number }>(
      sql`select count(*)::int as n from person where telegram_id between 800001 and 800003`,
    );
    expect(known?.n).toBe(2);
  });

  it('fills the suppressions as well', async () => {
    const file = await upload(Buffer.from('username\nquiet_one\nquiet_two\n'));
    const { file: done } = await importAll(file.fileId, {
      ...{ into: 'suppression', reason: 'asked', onlyGoodRows: false },
    });
    expect(done.rows).toMatchObject({ good: 2, repeated: 0 });
    const again = await importAll((await upload(Buffer.from('username\nquiet_one\n'))).fileId);
    expect(again.audience).toMatchObject({ status: 'empty', members: 0 });
  });

  it('can be cancelled, and then nothing of it is left', async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `${900_000 + n},Person ${n}`).join('\n');
    const file = await upload(Buffer.from(`id,name\n${rows}\n`));
    const { audienceId } = await startFileImport(stage.context(), { fileId: file.fileId, plan: into() });
    await stage.event('audience_file.progressed', (at) => at.fileId === file.fileId && at.rows % 20_000 > 0);
    await cancelFileImport(stage.context(), { fileId: file.fileId });
    expect((await read(file.fileId, ['cancelled'])).audienceId).toBeNull();
    await expect(getAudience(stage.context(), { audienceId: audienceId! })).rejects.toMatchObject({
      code: 'not_found',
    });
    const [left] = await stage.db.owner.execute<{ n: number }>(
      sql`select count(*)::int as n from person where telegram_id between 900000 and 930000`,
    );
    expect(left?.n).toBe(0);
  });
});

describe('a file that is none', () => {
  it.each([
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'file.unreadable'],
    ['a damaged workbook', Buffer.from('PK\u0003\u0004 and nothing else'), 'file.unreadable'],
    ['a quote that never closes', Buffer.from(`id\n"${'x'.repeat(400_000)}`), 'file.unreadable'],
    ['blank lines', Buffer.from('\n\n\n'), 'file.empty'],
  ])('%s is refused', async (_name, bytes, code) => {
    expect(await upload(bytes)).toMatchObject({ status: 'refused', refusal: code });
  });

  it('a zip bomb is refused before it is unpacked', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(30 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await upload(bomb, 'bomb.xlsx')).toMatchObject({ status: 'refused', refusal: 'file.swells' });
  });
});

it('a workbook that Usher wrote is read back, with its long ids and formulas as they were', async () => {
  const batches = async function* () {
    yield [
      ['7123456789', 'long_id', '=1+1 & <b>'],
      ['7123456790', null, 'Пётр'],
    ];
  };
  const columns = ['telegram_id', 'username', 'first_name'].map((key) => ({ key, head: key }));
  const pieces: Uint8Array[] = [];
  for await (const piece of writeTable('xlsx', { columns, batches: batches(), language: 'en' }))
    pieces.push(piece);
  const file = await upload(Buffer.concat(pieces), 'people.xlsx');
  expect(file).toMatchObject({ status: 'checked', rows: { good: 2, bad: 0 }, reading: { kind: 'xlsx' } });
  expect(file.preview.slice(1)).toEqual([
    ['7123456789', 'long_id', '=1+1 & <b>'],
    ['7123456790', '', 'Пётр'],
  ]);
});

it('an export is written by a worker and holds everybody', async () => {
  const order = { wish: { filter: everybody, search: 'ann' }, format: 'csv', language: 'en' } as const;
  const { exportId } = await requestExport(stage.context(), order);
  await stage.event('export.ready', (payload) => payload.exportId === exportId);
  const pieces: Buffer[] = [];
  for await (const piece of readChunks(stage.context(), exportId)) pieces.push(piece);
  expect((await getExport(stage.context(), { exportId })).rows).toBe(1);
  expect(Buffer.concat(pieces).toString()).toContain('800001,,Ann,');
});

/** A zip of one file that tells the truth about its size. */
const zipOf = (name: string, content: Buffer): Buffer => {
  const packed = deflateRawSync(content, { level: 9 });
  const head = Buffer.alloc(30);
  head.write('PK\u0003\u0004', 'latin1');
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.write('PK\u0001\u0002', 'latin1');
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([head, Buffer.from(name), packed, entry, Buffer.from(name), end]);
};
