import { z } from 'zod';
import { allow, refuse, type Verdict } from '../verdict.ts';
import { parseIdentifier } from './identifier.ts';

export const FILE_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const;
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

/** What a column of a file may hold. */
export const FILE_FIELDS = ['telegramId', 'username', 'phone', 'firstName', 'lastName'] as const;
export type FileField = (typeof FILE_FIELDS)[number];

const column = z.int().min(0).max(999);

/** Which column, counted from 0, holds what. Without any of the first three nobody can be told apart. */
export const fileMappingSchema = z.strictObject({
  telegramId: column.optional(),
  username: column.optional(),
  phone: column.optional(),
  firstName: column.optional(),
  lastName: column.optional(),
});
export type FileMapping = z.infer<typeof fileMappingSchema>;

/** How a file's bytes become rows, and its rows people. */
export const fileReadingSchema = z.strictObject({
  kind: z.enum(['csv', 'xlsx']),
  encoding: z.enum(FILE_ENCODINGS).default('utf-8'),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  hasHeader: z.boolean(),
  mapping: fileMappingSchema,
});
export type FileReading = z.infer<typeof fileReadingSchema>;

export const hasIdentifier = ({ telegramId, username, phone }: FileMapping): boolean =>
  [telegramId, username, phone].some((index) => index !== undefined);

/** What heads of columns are called, in both languages; the more telling first. */
const HEADS: Record<FileField, RegExp> = {
  telegramId: /^(telegram|tg|user|т[еэ]леграм)?[\s_-]*(id|ид|айди)$/,
  username: /user[\s_-]*name|имя[\s_-]*пользователя|^(ник|никнейм|логин|юзернейм|login|nick(name)?)$/,
  phone: /phone|mobile|телефон|^тел\.?$/,
  lastName: /last[\s_-]*name|surname|фамилия/,
  firstName: /first[\s_-]*name|^(full[\s_-]*)?name$|^имя$|^фио$/,
};

/** What the columns are called when the first row is a head, else what they look like; editable, as every guess. */
export const guessMapping = (
  rows: readonly (readonly string[])[],
): { hasHeader: boolean; mapping: FileMapping } => {
  const named = byHead(rows[0] ?? []);
  if (Object.keys(named).length > 0) return { hasHeader: true, mapping: named };
  const mapping: FileMapping = {};
  const kinds = { telegram_id: 'telegramId', username: 'username', phone: 'phone' } as const;
  for (const cells of rows) {
    for (const [index, cell] of cells.entries()) {
      const read = parseIdentifier(cell);
      if (!read.ok) continue;
      const field = kinds[read.value.kind];
      if (mapping[field] === undefined && !Object.values(mapping).includes(index)) mapping[field] = index;
    }
    if (hasIdentifier(mapping)) break;
  }
  return { hasHeader: false, mapping };
};

const byHead = (heads: readonly string[]): FileMapping => {
  const mapping: FileMapping = {};
  for (const [index, head] of heads.entries()) {
    const name = head.trim().toLowerCase();
    const field = FILE_FIELDS.find((one) => mapping[one] === undefined && HEADS[one].test(name));
    if (field) mapping[field] = index;
  }
  return mapping;
};

type Identifiers = { telegramId: string | null; username: string | null; phone: string | null };

/** Somebody whom a row names. */
export type FilePerson = Identifiers & { firstName: string | null; lastName: string | null };

const LONGEST_NAME = 64;

/**
 * The person of a row. Any one identifier is enough, and one that cannot be read is passed over beside a good one.
 * Refuses with the codes of `parseIdentifier`.
 */
export const readFileRow = (cells: readonly string[], mapping: FileMapping): Verdict<FilePerson> => {
  const at = (index: number | undefined) => (index === undefined ? '' : unguarded(cells[index] ?? ''));
  const name = (index: number | undefined) => at(index).slice(0, LONGEST_NAME) || null;
  const found: Identifiers = { telegramId: null, username: null, phone: null };
  let why: Verdict<FilePerson> = refuse('target.no_identifier');
  for (const field of ['telegramId', 'username', 'phone'] as const) {
    const text = at(mapping[field]);
    if (text === '') continue;
    const read = parseIdentifier(text);
    if (!read.ok) why = read;
    else if (read.value.kind === 'username') found.username ??= read.value.username;
    else if (read.value.kind === 'phone') found.phone ??= read.value.phone;
    // Where phone numbers stand, bare digits are one without its country, and no id.
    else if (field === 'phone') why = refuse('target.phone_malformed');
    else found.telegramId ??= read.value.telegramId;
  }
  if (!found.telegramId && !found.username && !found.phone) return why;
  return allow({ ...found, firstName: name(mapping.firstName), lastName: name(mapping.lastName) });
};

/** Without the apostrophe that keeps a cell from being a formula. */
const unguarded = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@])/, '');
