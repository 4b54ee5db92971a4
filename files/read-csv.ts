import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Refused } from '#core/refusals.ts';
import type { TableRow } from './read-table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A row that is longer has a quote that nobody closed. */
const LONGEST_ROW = 256 * 1024;

/** The delimiter that stands most often in the first line, outside of quotes. */
export const guessDelimiter = (text: string): Delimiter => {
  const [line = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n/);
  const counts = DELIMITERS.map((one) => line.split(one).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

/** The rows of a text; empty lines are none. Refuses `file.unreadable` for a quote that is never closed. */
export async function* readCsv(texts: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  const source = Readable.from(texts);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let before = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      yield { line: before + 1, cells: record };
      before = info.lines;
    }
  } catch (thrown) {
    throw thrown instanceof CsvError ? new Refused('file.unreadable', { line: before + 1 }) : thrown;
  } finally {
    source.destroy();
  }
}
