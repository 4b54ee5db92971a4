import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience, audienceFile, audienceMember, fileChunk } from '../schema/index.ts';

/** Every row is imported: the audience can be used, and the file's bytes are no longer kept. */
export const finishFileImport = (ctx: CommandContext, input: { fileId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId } = input;
    const done = await tx
      .update(audienceFile)
      .set({ status: 'imported' })
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'importing')))
      .returning({ audienceId: audienceFile.audienceId, rows: audienceFile.rowsRead });
    const { audienceId, rows } = onlyRow(done, 'conflict');
    await tx.delete(fileChunk).where(eq(fileChunk.fileId, fileId));
    if (audienceId) await openAudience(tx, ctx, audienceId);
    await appendEvent(tx, ctx, { kind: 'audience_file.imported', payload: { fileId, rows } });
    await appendAudit(tx, ctx, { action: 'audience_file.imported', entityId: fileId, after: { rows } });
  });

const openAudience = async (tx: Tx, ctx: CommandContext, audienceId: string): Promise<void> => {
  const members = await tx.$count(audienceMember, eq(audienceMember.audienceId, audienceId));
  await tx
    .update(audience)
    .set({ status: members > 0 ? 'ready' : 'empty', membersCount: members })
    .where(eq(audience.id, audienceId));
  await appendEvent(tx, ctx, { kind: 'audience.built', payload: { audienceId, members } });
};
