import { bigint, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { AUDIENCE_FILE_STATUSES, EXPORT_FORMATS, EXPORT_STATUSES } from '#core/statuses.ts';
import { bytes, id, moment } from './columns.ts';
import { audience } from './people.ts';
import { languageEnum, operator, workspace } from './team.ts';

export const audienceFileStatusEnum = pgEnum('audience_file_status', AUDIENCE_FILE_STATUSES);
export const exportFormatEnum = pgEnum('export_format', EXPORT_FORMATS);
export const exportStatusEnum = pgEnum('export_status', EXPORT_STATUSES);

/** The bytes of an uploaded or a prepared file, in pieces, so that nobody has to hold all of it. */
export const fileChunk = pgTable(
  'file_chunk',
  {
    fileId: uuid('file_id').notNull(),
    /** Counts from 0. */
    ordinal: integer('ordinal').notNull(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    bytes: bytes('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.ordinal] })],
);

/** An uploaded file of people: what it holds, how it is read and how far its import is. */
export const audienceFile = pgTable(
  'audience_file',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    name: text('name').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull().default(0),
    status: audienceFileStatusEnum('status').notNull(),
    /** How it is read, guessed and then edited; shape in `core/audience/file-reading.ts`. */
    reading: jsonb('reading'),
    /** The heads of the columns and the first rows, as they stand in the file. */
    preview: jsonb('preview'),
    /** What is to become of its people; shape in `core/audience/file-plan.ts`. */
    plan: jsonb('plan'),
    /** Rows read so far by the check or the import under way, good and bad ones of them. */
    rowsRead: integer('rows_read').notNull().default(0),
    rowsGood: integer('rows_good').notNull().default(0),
    rowsBad: integer('rows_bad').notNull().default(0),
    /** Of the good ones: those whose person stood in an earlier row, and those who must not be contacted. */
    rowsRepeated: integer('rows_repeated').notNull().default(0),
    rowsSuppressed: integer('rows_suppressed').notNull().default(0),
    /** Rows that the last check found; null before it ended. */
    rowsTotal: integer('rows_total'),
    /** Code of the refusal when it cannot be read. */
    refusal: text('refusal'),
    audienceId: uuid('audience_id').references(() => audience.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('audience_file_workspace').on(t.workspaceId, t.createdAt)],
);

/** A row of a file that names nobody, with its line and reason. */
export const audienceFileError = pgTable(
  'audience_file_error',
  {
    fileId: uuid('file_id')
      .notNull()
      .references(() => audienceFile.id),
    line: integer('line').notNull(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    text: text('text').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.line] })],
);

/** A list too large to be answered at once: a worker writes it, the bot brings it to whoever asked. */
export const peopleExport = pgTable(
  'people_export',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => operator.id),
    format: exportFormatEnum('format').notNull(),
    language: languageEnum('language').notNull(),
    /** Whom it lists; shape in `core/audience/people-wish.ts`. */
    wish: jsonb('wish').notNull(),
    status: exportStatusEnum('status').notNull(),
    rows: integer('rows').notNull().default(0),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull().default(0),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('people_export_workspace').on(t.workspaceId, t.createdAt)],
);
