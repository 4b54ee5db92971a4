import { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import yauzl from 'yauzl';
import { Refused } from '#core/refusals.ts';
import type { FileSource, TableRow } from './read-table.ts';

/** Two million rows stay below this; a bomb does not. */
const LARGEST_SHEET_BYTES = 1024 ** 3;
/** The texts of cells are kept in memory while the sheet is read. */
const LARGEST_TEXTS_BYTES = 128 * 1024 ** 2;
/** Tables pack to a tenth, seldom to a fiftieth. */
const HIGHEST_RATIO = 200;
const RATIO_COUNTS_FROM_BYTES = 10 * 1024 ** 2;

/**
 * The rows of a workbook's first sheet, unpacked piece by piece. Refuses `file.unreadable` when it is none, and
 * `file.swells` before it is unpacked when it would become too large.
 */
export async function* readXlsx(source: FileSource): AsyncGenerator<TableRow> {
  const { open, entries } = await openZip(source);
  const sheet = [...entries.keys()]
    .filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .sort(byNumber)[0];
  if (!sheet) throw new Refused('file.unreadable');
  const texts = entries.has('xl/sharedStrings.xml')
    ? await readTexts(await open('xl/sharedStrings.xml', LARGEST_TEXTS_BYTES))
    : [];
  yield* readSheet(await open(sheet, LARGEST_SHEET_BYTES), texts);
}

const byNumber = (one: string, other: string) =>
  Number(/\d+/.exec(one)?.[0] ?? 0) - Number(/\d+/.exec(other)?.[0] ?? 0);

const openZip = async ({ sizeBytes, read }: FileSource) => {
  class Reader extends yauzl.RandomAccessReader {
    override _readStreamForRange(start: number, end: number) {
      return Readable.from(read({ start, end }), { objectMode: false });
    }
  }
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      new Reader(),
      sizeBytes,
      { lazyEntries: true, autoClose: false },
      (error, opened) => (error ? reject(new Refused('file.unreadable')) : resolve(opened)),
    );
  });
  const entries = new Map<string, yauzl.Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', resolve).once('error', () => reject(new Refused('file.unreadable')));
    zip.readEntry();
  });
  const open = async (name: string, largestBytes: number): Promise<Readable> => {
    const entry = entries.get(name);
    if (!entry) throw new Refused('file.unreadable');
    const { compressedSize, uncompressedSize } = entry;
    const swells =
      uncompressedSize > RATIO_COUNTS_FROM_BYTES && uncompressedSize > compressedSize * HIGHEST_RATIO;
    if (uncompressedSize > largestBytes || swells) throw new Refused('file.swells');
    return new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) =>
        error ? reject(new Refused('file.unreadable')) : resolve(stream),
      );
    });
  };
  return { entries, open };
};

/** Hands the XML of a stream to `on`, and yields whatever that has gathered after each piece. */
async function* parseXml<T>(
  stream: Readable,
  on: { open(tag: SaxesTagPlain): void; text(text: string): void; close(name: string): void },
  take: () => T[],
): AsyncGenerator<T> {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new Refused('file.unreadable');
  });
  parser.on('opentag', on.open);
  parser.on('text', on.text);
  parser.on('closetag', ({ name }) => on.close(name));
  stream.setEncoding('utf8');
  try {
    for await (const piece of stream) {
      parser.write(piece as string);
      yield* take();
    }
    parser.close();
    yield* take();
  } catch (thrown) {
    throw thrown instanceof Refused ? thrown : new Refused('file.unreadable');
  }
}

const readTexts = async (stream: Readable): Promise<string[]> => {
  const texts: string[] = [];
  let current = '';
  let isText = false;
  const on = {
    open({ name }: SaxesTagPlain) {
      if (name === 'si') current = '';
      isText = name === 't';
    },
    text(text: string) {
      if (isText) current += text;
    },
    close(name: string) {
      if (name === 'si') texts.push(current);
      isText = false;
    },
  };
  for await (const _ of parseXml(stream, on, () => []));
  return texts;
};

async function* readSheet(stream: Readable, texts: readonly string[]): AsyncGenerator<TableRow> {
  let rows: TableRow[] = [];
  let line = 0;
  let cells: string[] = [];
  let place = 0;
  let type = '';
  let value = '';
  let isValue = false;
  const on = {
    open({ name, attributes }: SaxesTagPlain) {
      if (name === 'row') {
        line = Number(attributes.r) || line + 1;
        cells = [];
        place = 0;
      } else if (name === 'c') {
        place = columnOf(attributes.r) ?? place;
        type = attributes.t ?? 'n';
        value = '';
      }
      isValue = name === 'v' || name === 't';
    },
    text(text: string) {
      if (isValue) value += text;
    },
    close(name: string) {
      isValue = false;
      if (name === 'c') {
        while (cells.length < place) cells.push('');
        cells[place] = textOf(type, value, texts);
        place += 1;
      } else if (name === 'row' && cells.some((cell) => cell !== '')) rows.push({ line, cells });
    },
  };
  yield* parseXml(stream, on, () => {
    const ready = rows;
    rows = [];
    return ready;
  });
}

const LAST_COLUMN = 16_383;

/** `C5` is the column 2. */
const columnOf = (reference: string | undefined): number | undefined => {
  const [letters] = /^[A-Z]{1,3}/.exec(reference ?? '') ?? [];
  if (!letters) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return Math.min(column, LAST_COLUMN);
};

/** Excel writes a long id as `1.23456789E9`. */
const textOf = (type: string, value: string, texts: readonly string[]): string => {
  if (type === 's') return texts[Number(value)] ?? '';
  if (type !== 'n' || !/[eE]/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? String(number) : value;
};
