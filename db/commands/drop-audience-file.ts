import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { audienceFile, fileChunk } from '../schema/files.ts';

/** An upload that broke off leaves nothing behind. */
export const dropAudienceFile = (ctx: CommandContext, input: { fileId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId } = input;
    const dropped = await tx
      .delete(audienceFile)
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'uploading')))
      .returning({ id: audienceFile.id });
    onlyRow(dropped, 'conflict');
    await tx.delete(fileChunk).where(eq(fileChunk.fileId, fileId));
    await appendAudit(tx, ctx, { action: 'audience_file.dropped', entityId: fileId });
  });
