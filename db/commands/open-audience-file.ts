import { randomUUID } from 'node:crypto';
import { and, eq, inArray, lt } from 'drizzle-orm';
import { DAY_MS, later } from '#core/duration.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile, fileChunk } from '../schema/files.ts';

/** Makes room for a file whose bytes come next. Uploads that broke off a day ago are thrown away. */
export const openAudienceFile = (ctx: CommandContext, input: { name: string }): Promise<{ fileId: string }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const brokenOff = await tx
      .delete(audienceFile)
      .where(and(eq(audienceFile.status, 'uploading'), lt(audienceFile.createdAt, later(ctx.now, -DAY_MS))))
      .returning({ id: audienceFile.id });
    const ids = brokenOff.map(({ id }) => id);
    if (ids.length > 0) await tx.delete(fileChunk).where(inArray(fileChunk.fileId, ids));
    const fileId = randomUUID();
    const { workspaceId, now: createdAt } = ctx;
    await tx
      .insert(audienceFile)
      .values({ id: fileId, workspaceId, name: input.name, status: 'uploading', createdAt });
    await appendAudit(tx, ctx, {
      action: 'audience_file.opened',
      entityId: fileId,
      after: { name: input.name },
    });
    return { fileId };
  });

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
