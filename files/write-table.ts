import type { ExportFormat, Language } from '#core/statuses.ts';
import { safeCell } from './safe-cell.ts';
import { writeXlsx } from './write-xlsx.ts';

export type Cell = string | number | boolean | null;
/** Rows come in batches, each row with a cell for every column. */
export type TableBatches = AsyncIterable<readonly (readonly Cell[])[]>;
export type Column = {
  /** The name in JSON. */
  key: string;
  /** The head that people read. */
  head: string;
};

export const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** Excel takes the delimiter of its country, and only a byte order mark tells it that a text is UTF-8. */
const DELIMITERS: Record<Language, string> = { en: ',', ru: ';' };
const BYTE_ORDER_MARK = '\uFEFF';

/** A table as the bytes of a file, piece by piece and never whole. */
export const writeTable = (
  format: ExportFormat,
  table: { columns: readonly Column[]; batches: TableBatches; language: Language },
): AsyncIterable<Uint8Array> => {
  if (format === 'xlsx') return writeXlsx(table);
  return encoded(format === 'csv' ? csvText(table) : jsonText(table));
};

type Table = Parameters<typeof writeTable>[1];

async function* encoded(texts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text, 'utf8');
}

async function* csvText({ columns, batches, language }: Table): AsyncIterable<string> {
  const delimiter = DELIMITERS[language];
  const lines = (rows: readonly (readonly Cell[])[]) => {
    let text = '';
    for (const row of rows) {
      for (let index = 0; index < row.length; index += 1) {
        if (index > 0) text += delimiter;
        text += csvCell(row[index] ?? null);
      }
      text += '\r\n';
    }
    return text;
  };
  yield BYTE_ORDER_MARK + lines([columns.map(({ head }) => head)]);
  for await (const rows of batches) yield lines(rows);
}

const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (!MAY_BE_SPECIAL.test(cell)) return cell;
  const safe = safeCell(cell);
  return /[",;\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Nearly no cell needs quotes or an apostrophe, and one look tells. */
const MAY_BE_SPECIAL = /^[=+\-@＝＋－＠]|[",;\t\r\n']/;

async function* jsonText({ columns, batches }: Table): AsyncIterable<string> {
  let before = '[\n';
  for await (const rows of batches) {
    let text = '';
    for (const row of rows) {
      const entries = columns.map(({ key }, index) => [key, row[index] ?? null]);
      text += before + JSON.stringify(Object.fromEntries(entries));
      before = ',\n';
    }
    yield text;
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
