import { and, eq, inArray } from 'drizzle-orm';
import type { FileReading } from '#core/audience/file-reading.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile } from '../schema/files.ts';

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
    await appendEvent(tx, ctx, { kind: 'audience_file.reading_changed', payload: { fileId } });
    await appendAudit(tx, ctx, {
      action: 'audience_file.reading_changed',
      entityId: fileId,
      before: { reading: known.reading },
      after: { reading },
    });
  });
