import { and, eq, inArray, sql } from 'drizzle-orm';
import type { FileReading } from '#core/audience/file-reading.ts';
import { type RefusalCode, Refused } from '#core/refusals.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { keepFileInHand } from '../file-work.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile, audienceFileError } from '../schema/files.ts';

/** Has a file read through again in another way. Refuses `file.not_ready` once it is being imported. */
export const changeFileReading = (
  ctx: CommandContext,
  input: { fileId: string; reading: FileReading },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, reading } = input;
    const [known] = await tx
      .select({ reading: audienceFile.reading })
      .from(audienceFile)
      .where(eq(audienceFile.id, fileId));
    if (!known) throw new Refused('not_found');
    const changed = await tx
      .update(audienceFile)
      .set({ reading, status: 'checking', rowsRead: 0, rowsTotal: null, refusal: null })
      .where(and(eq(audienceFile.id, fileId), inArray(audienceFile.status, ['checked', 'refused'])))
      .returning({ id: audienceFile.id });
    if (changed.length === 0) throw new Refused('file.not_ready');
    await appendEvent(tx, ctx, { kind: 'audience_file.uploaded', payload: { fileId } });
    await appendAudit(tx, ctx, {
      action: 'audience_file.reading_changed',
      entityId: fileId,
      before: { reading: known.reading },
      after: { reading },
    });
  });

/** So many rows were read by a check under way. Refuses with `conflict` when nobody wants it any more. */
export const noteFileProgress = (
  ctx: CommandContext,
  input: { fileId: string; rows: number },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, rows } = input;
    const noted = await tx
      .update(audienceFile)
      .set({ rowsRead: rows })
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'checking')))
      .returning({ id: audienceFile.id });
    onlyRow(noted, 'conflict');
    await keepFileInHand(tx, fileId);
    await appendEvent(tx, ctx, { kind: 'audience_file.progressed', payload: { fileId, rows } });
  });

export type FileCheck = {
  reading: FileReading;
  preview: string[][];
  good: number;
  bad: number;
  /** The first of the bad rows. */
  errors: readonly { line: number; text: string; reason: string }[];
};

/** What reading a file through has shown. Refuses with `conflict` when it was changed meanwhile. */
export const saveFileCheck = (
  ctx: CommandContext,
  input: { fileId: string; check: FileCheck },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, check } = input;
    const { reading, preview, good, bad, errors } = check;
    const rows = good + bad;
    await move(tx, fileId, {
      ...{
        status: 'checked',
        reading,
        preview,
        rowsRead: rows,
        rowsTotal: rows,
        rowsGood: good,
        rowsBad: bad,
      },
    });
    await tx.delete(audienceFileError).where(eq(audienceFileError.fileId, fileId));
    await tx.execute(sql`
      insert into audience_file_error (file_id, workspace_id, line, text, reason)
      select ${fileId}, ${ctx.workspaceId}, line, text, reason
      from json_to_recordset(${JSON.stringify(errors)}::json) as error(line int, text text, reason text)
      on conflict do nothing`);
    await appendEvent(tx, ctx, { kind: 'audience_file.checked', payload: { fileId } });
    await appendAudit(tx, ctx, { action: 'audience_file.checked', entityId: fileId, after: { good, bad } });
  });

/** The file cannot be read at all. */
export const refuseFile = (
  ctx: CommandContext,
  input: { fileId: string; code: RefusalCode },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, code } = input;
    await move(tx, fileId, { status: 'refused', refusal: code });
    await appendEvent(tx, ctx, { kind: 'audience_file.refused', payload: { fileId, code } });
    await appendAudit(tx, ctx, { action: 'audience_file.refused', entityId: fileId, after: { code } });
  });

const move = async (
  tx: Tx,
  fileId: string,
  set: Partial<typeof audienceFile.$inferInsert>,
): Promise<void> => {
  const moved = await tx
    .update(audienceFile)
    .set(set)
    .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'checking')))
    .returning({ id: audienceFile.id });
  onlyRow(moved, 'conflict');
};
