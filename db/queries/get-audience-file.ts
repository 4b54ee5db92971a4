import { and, asc, desc, eq, gt } from 'drizzle-orm';
import { type FilePlan, filePlanSchema } from '#core/audience/file-plan.ts';
import { type FileReading, fileReadingSchema } from '#core/audience/file-reading.ts';
import type { AudienceFileStatus } from '#core/statuses.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { audienceFile, audienceFileError } from '../schema/files.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type AudienceFileItem = {
  fileId: string;
  name: string;
  sizeBytes: number;
  status: AudienceFileStatus;
  /** Rows read by the check or the import under way, and what they were; `total` once a check has ended. */
  rows: {
    read: number;
    total: number | null;
    good: number;
    bad: number;
    repeated: number;
    suppressed: number;
  };
  /** Code of the refusal when it cannot be read. */
  refusal: string | null;
  audienceId: string | null;
  createdAt: Date;
};

export type AudienceFileDetail = AudienceFileItem & {
  reading: FileReading | null;
  /** The first rows as they stand in the file, its head included. */
  preview: string[][];
  plan: FilePlan | null;
};

type Row = typeof audienceFile.$inferSelect;

/** Throws `not_found` when the workspace has no such file. */
export const getAudienceFile = (ctx: QueryContext, input: { fileId: string }): Promise<AudienceFileDetail> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const found = await tx.select().from(audienceFile).where(eq(audienceFile.id, input.fileId));
    const row = onlyRow(found, 'not_found');
    return {
      ...toItem(row),
      reading: row.reading === null ? null : fileReadingSchema.parse(row.reading),
      preview: (row.preview ?? []) as string[][],
      plan: row.plan === null ? null : filePlanSchema.parse(row.plan),
    };
  });

/** The workspace's files, newest first. */
export const listAudienceFiles = (ctx: QueryContext, page: PageWish): Promise<Page<AudienceFileItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select()
      .from(audienceFile)
      .where(behind(audienceFile.createdAt, audienceFile.id, page.after))
      .orderBy(desc(audienceFile.createdAt), desc(audienceFile.id))
      .limit(page.limit + 1);
    const total = await tx.$count(audienceFile);
    return toPage(rows.map(toItem), { limit: page.limit, total }, (row) => ({
      at: row.createdAt,
      id: row.fileId,
    }));
  });

export type FileError = { line: number; text: string; reason: string };

/** Rows of a file that name nobody, in the order of their lines, as many as are kept. */
export const listFileErrors = (
  ctx: QueryContext,
  input: { fileId: string; afterLine: number; limit: number },
): Promise<FileError[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
    tx
      .select({
        line: audienceFileError.line,
        text: audienceFileError.text,
        reason: audienceFileError.reason,
      })
      .from(audienceFileError)
      .where(and(eq(audienceFileError.fileId, input.fileId), gt(audienceFileError.line, input.afterLine)))
      .orderBy(asc(audienceFileError.line))
      .limit(input.limit),
  );

const toItem = (row: Row): AudienceFileItem => ({
  fileId: row.id,
  name: row.name,
  sizeBytes: row.sizeBytes,
  status: row.status,
  rows: {
    read: row.rowsRead,
    total: row.rowsTotal,
    good: row.rowsGood,
    bad: row.rowsBad,
    repeated: row.rowsRepeated,
    suppressed: row.rowsSuppressed,
  },
  refusal: row.refusal,
  audienceId: row.audienceId,
  createdAt: row.createdAt,
});
