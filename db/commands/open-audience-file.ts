import { randomUUID } from 'node:crypto';
import { and, eq, inArray, lt } from 'drizzle-orm';
import { DAY_MS, later } from '#core/duration.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
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
