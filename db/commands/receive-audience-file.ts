import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile } from '../schema/files.ts';

/** All its bytes are stored: a worker reads it through. */
export const receiveAudienceFile = (
  ctx: CommandContext,
  input: { fileId: string; sizeBytes: number },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, sizeBytes } = input;
    const received = await tx
      .update(audienceFile)
      .set({ status: 'checking', sizeBytes })
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'uploading')))
      .returning({ id: audienceFile.id });
    onlyRow(received, 'conflict');
    await appendEvent(tx, ctx, { kind: 'audience_file.uploaded', payload: { fileId } });
    await appendAudit(tx, ctx, {
      action: 'audience_file.uploaded',
      entityId: fileId,
      after: { sizeBytes },
    });
  });
