import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { Cell, Column, TableBatches } from './write-table.ts';

/** Excel opens no more rows in a sheet. */
const ROWS_A_SHEET = 1_048_575;

/**
 * A workbook with the least that Excel opens without a complaint. Texts are texts there and never formulas. What does not
 * fit into one sheet goes on in the next.
 */
export const writeXlsx = (table: {
  columns: readonly Column[];
  batches: TableBatches;
}): AsyncIterable<Uint8Array> => {
  const zip = new yazl.ZipFile();
  void addSheets(zip, table).catch((error: unknown) => {
    (zip.outputStream as unknown as Readable).destroy(error as Error);
  });
  return zip.outputStream as unknown as AsyncIterable<Uint8Array>;
};

async function addSheets(
  zip: yazl.ZipFile,
  { columns, batches }: { columns: readonly Column[]; batches: TableBatches },
): Promise<void> {
  const rows = batches[Symbol.asyncIterator]();
  const rest: Rest = { waiting: [], isOver: false };
  let sheets = 0;
  do {
    sheets += 1;
    const sheet = Readable.from(sheetXml(columns, rows, rest));
    const isRead = new Promise<void>((resolve, reject) => {
      sheet.once('end', resolve).once('error', reject);
    });
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`);
    await isRead;
  } while (!rest.isOver);
  for (const [path, xml] of frameOf(sheets)) zip.addBuffer(Buffer.from(xml), path);
  zip.end();
}

type Rows = readonly (readonly Cell[])[];
/** Rows that were read and did not fit into the sheet. */
type Rest = { waiting: Rows; isOver: boolean };

async function* sheetXml(columns: readonly Column[], rows: AsyncIterator<Rows>, rest: Rest) {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rowXml(columns.map(({ head }) => head))}`;
  let room = ROWS_A_SHEET;
  while (room > 0) {
    if (rest.waiting.length === 0) {
      const next = await rows.next();
      if (next.done) {
        rest.isOver = true;
        break;
      }
      rest.waiting = next.value;
    }
    const fitting = rest.waiting.slice(0, room);
    rest.waiting = rest.waiting.slice(room);
    room -= fitting.length;
    yield fitting.map(rowXml).join('');
  }
  yield '</sheetData></worksheet>';
}

const rowXml = (row: readonly Cell[]): string => `<row>${row.map(cellXml).join('')}</row>`;

const cellXml = (cell: Cell): string => {
  if (cell === null) return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
};

/** Most control characters have no place in XML, not even escaped. */
const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const frameOf = (sheets: number): [path: string, xml: string][] => {
  const each = (of: (n: number) => string) =>
    Array.from({ length: sheets }, (_, index) => of(index + 1)).join('');
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((n) => `<sheet name="People ${n}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ],
  ];
};
