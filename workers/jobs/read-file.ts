import { MOST_FILE_ERRORS, MOST_FILE_ROWS, PREVIEW_ROWS } from '#core/audience/file-plan.ts';
import {
  type FileMapping,
  type FileReading,
  fileReadingSchema,
  guessMapping,
  hasIdentifier,
  readFileRow,
} from '#core/audience/file-reading.ts';
import { Refused } from '#core/refusals.ts';
import { finishFileImport } from '#db/commands/finish-file-import.ts';
import { type FileBatch, type HashedRow, importFileRows } from '#db/commands/import-file-rows.ts';
import { noteFileProgress } from '#db/commands/note-file-progress.ts';
import { refuseFile } from '#db/commands/refuse-file.ts';
import { type FileCheck, saveFileCheck } from '#db/commands/save-file-check.ts';
import { takeBackFile } from '#db/commands/take-back-file.ts';
import type { CommandContext } from '#db/context.ts';
import { readChunks } from '#db/file-chunks.ts';
import type { HashPerson } from '#db/person-hash.ts';
import { type AudienceFileDetail, getAudienceFile } from '#db/queries/get-audience-file.ts';
import { type FileSource, guessForm, readTable, type TableRow } from '#files/read-table.ts';
import { contextOf, defineJob, type JobDeps } from '../runtime/define-job.ts';

const ROWS_AT_ONCE = 10_000;
const ROWS_BETWEEN_NEWS = 20_000;
const LONGEST_SHOWN = 200;
const MOST_SHOWN_COLUMNS = 50;

/** Reads a file of people as its row wants it: a check changes nothing, an import goes on where it stopped. */
export const readFile = defineJob('read-file', async ({ workspaceId, fileId }, deps) => {
  const context = () => contextOf(deps, workspaceId);
  try {
    const file = await getAudienceFile(context(), { fileId });
    const { sizeBytes } = file;
    const source: FileSource = { sizeBytes, read: (range) => readChunks(context(), fileId, range) };
    if (file.status === 'checking') await check(file, source, context, deps);
    if (file.status === 'importing') await importRows(file, source, context, deps);
    if (file.status === 'cancelling') while ((await takeBackFile(context(), { fileId })).more);
  } catch (thrown) {
    if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
    throw thrown;
  }
  deps.tell();
  return { kind: 'done' };
});

type Context = () => CommandContext;

const check = async (
  { fileId, reading }: AudienceFileDetail,
  source: FileSource,
  context: Context,
  deps: JobDeps,
): Promise<void> => {
  const note = async (rows: number) => {
    await noteFileProgress(context(), { fileId, rows });
    deps.tell();
  };
  try {
    const found = reading
      ? await readThrough(source, reading, note)
      : await guessing(source, (guess) => readThrough(source, guess, note));
    await saveFileCheck(context(), { fileId, check: found });
  } catch (thrown) {
    if (!(thrown instanceof Refused) || !thrown.code.startsWith('file.')) throw thrown;
    await refuseFile(context(), { fileId, code: thrown.code });
  }
};

/** A text may begin as UTF-8 and show only later that it is not. */
const guessing = async <T>(source: FileSource, read: (reading: FileReading) => Promise<T>): Promise<T> => {
  const form = await guessForm(source);
  const guess = async (of: typeof form): Promise<FileReading> => {
    const first: string[][] = [];
    for await (const { cells } of readTable(source, of)) if (first.push(cells) === PREVIEW_ROWS) break;
    return fileReadingSchema.parse({ ...of, ...guessMapping(first) });
  };
  try {
    return await read(await guess(form));
  } catch (thrown) {
    const isOther =
      thrown instanceof Refused && thrown.facts.encoding === 'utf-8' && form.encoding === 'utf-8';
    if (!isOther) throw thrown;
    return read(await guess({ ...form, encoding: 'windows-1251' }));
  }
};

const readThrough = async (
  source: FileSource,
  reading: FileReading,
  note: (rows: number) => Promise<void>,
): Promise<FileCheck> => {
  const result = {
    reading,
    preview: [] as string[][],
    good: 0,
    bad: 0,
    errors: [] as FileCheck['errors'][number][],
  };
  let isHead = reading.hasHeader;
  for await (const row of readTable(source, reading)) {
    if (result.preview.length < PREVIEW_ROWS + Number(reading.hasHeader)) result.preview.push(shown(row));
    if (isHead) {
      isHead = false;
      continue;
    }
    const person = readFileRow(row.cells, reading.mapping);
    if (person.ok) result.good += 1;
    else {
      result.bad += 1;
      if (result.errors.length < MOST_FILE_ERRORS && hasIdentifier(reading.mapping)) {
        const text = row.cells.join(' ').slice(0, LONGEST_SHOWN);
        result.errors.push({ line: row.line, text, reason: person.refusal.code });
      }
    }
    const rows = result.good + result.bad;
    if (rows > MOST_FILE_ROWS) throw new Refused('file.too_many_rows');
    if (rows % ROWS_BETWEEN_NEWS === 0) await note(rows);
  }
  if (result.preview.length === 0) throw new Refused('file.empty');
  return result;
};

const shown = ({ cells }: TableRow): string[] =>
  cells.slice(0, MOST_SHOWN_COLUMNS).map((cell) => cell.slice(0, LONGEST_SHOWN));

type Batch = Pick<FileBatch, 'bad'> & { people: HashedRow[] };

/** Imports the rest of a file; the next rows are read while the database takes those before. */
export const importRows = async (
  { fileId, reading, rows }: Pick<AudienceFileDetail, 'fileId' | 'reading' | 'rows'>,
  source: FileSource,
  context: Context,
  deps: Pick<JobDeps, 'hashPerson' | 'tell'>,
): Promise<void> => {
  if (!reading) throw new Refused('file.not_ready');
  let from = rows.read;
  let storing: Promise<void> = Promise.resolve();
  for await (const batch of batchesOf(readTable(source, reading), reading, from, deps.hashPerson)) {
    await storing;
    const place = from;
    from += batch.people.length + batch.bad;
    storing = importFileRows(context(), { fileId, from: place, ...batch }).then(deps.tell);
    // It is waited for above or below; meanwhile nobody may take it for unheard.
    storing.catch(() => {});
  }
  await storing;
  await finishFileImport(context(), { fileId });
};

async function* batchesOf(
  table: AsyncIterable<TableRow>,
  { hasHeader, mapping }: { hasHeader: boolean; mapping: FileMapping },
  skipped: number,
  hashPerson: HashPerson,
): AsyncGenerator<Batch> {
  let toSkip = skipped + Number(hasHeader);
  let batch: Batch = { people: [], bad: 0 };
  for await (const { line, cells } of table) {
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    const person = readFileRow(cells, mapping);
    if (person.ok) {
      const hashes = hashPerson(person.value).map((hash) => hash.toString('hex'));
      batch.people.push({ line, hashes, ...person.value });
    } else batch.bad += 1;
    if (batch.people.length + batch.bad < ROWS_AT_ONCE) continue;
    yield batch;
    batch = { people: [], bad: 0 };
  }
  if (batch.people.length + batch.bad > 0) yield batch;
}
