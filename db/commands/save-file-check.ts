import { eq, sql } from 'drizzle-orm';
import type { FileReading } from '#core/audience/file-reading.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { endCheck } from '../file-work.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFileError } from '../schema/files.ts';

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
    await endCheck(tx, fileId, {
      status: 'checked',
      reading,
      preview,
      rowsRead: rows,
      rowsTotal: rows,
      rowsGood: good,
      rowsBad: bad,
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
