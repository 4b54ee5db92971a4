import type { FileEncoding } from '#core/audience/file-reading.ts';
import { Refused } from '#core/refusals.ts';
import { decode, guessEncoding } from './decode.ts';
import { type Delimiter, guessDelimiter, readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

/** A file that can be read from any place on. */
export type FileSource = {
  sizeBytes: number;
  /** `end` is the offset behind the last byte. */
  read(range?: { start?: number; end?: number }): AsyncIterable<Buffer>;
};

/** `line` counts from 1 in the file. */
export type TableRow = { line: number; cells: string[] };

export type TableForm = { kind: 'csv' | 'xlsx'; encoding: FileEncoding; delimiter: Delimiter };

const SAMPLE_BYTES = 64 * 1024;

/** What a file seems to be, by its beginning. Refuses `file.empty`, and `file.unreadable` for what is no table. */
export const guessForm = async (source: FileSource): Promise<TableForm> => {
  const pieces: Buffer[] = [];
  for await (const piece of source.read({ end: Math.min(SAMPLE_BYTES, source.sizeBytes) }))
    pieces.push(piece);
  const sample = Buffer.concat(pieces);
  if (sample.length === 0) throw new Refused('file.empty');
  if (sample.subarray(0, 4).equals(ZIP)) return { kind: 'xlsx', encoding: 'utf-8', delimiter: ',' };
  if (OTHERS.some((beginning) => sample.subarray(0, beginning.length).equals(beginning))) {
    throw new Refused('file.unreadable');
  }
  const encoding = guessEncoding(sample);
  const text = new TextDecoder(encoding).decode(sample);
  return { kind: 'csv', encoding, delimiter: guessDelimiter(text) };
};

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** Old Excel, PDF, pictures: whoever uploads one has chosen the wrong file. */
const OTHERS = [
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
  Buffer.from('%PDF'),
  Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  Buffer.from([0xff, 0xd8, 0xff]),
];

/** The rows of a file, one by one, whatever its size. */
export const readTable = (source: FileSource, form: TableForm): AsyncGenerator<TableRow> =>
  form.kind === 'xlsx' ? readXlsx(source) : readCsv(decode(source.read(), form.encoding), form.delimiter);
