import { and, eq } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile } from '../schema/index.ts';

/**
 * Stops an import; a worker takes back what it has brought. Refuses `file.not_cancellable` when none is under way. What a
 * list of suppressions has brought stays: those people wanted it.
 */
export const cancelFileImport = (ctx: CommandContext, input: { fileId: string }): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId } = input;
    const known = await tx
      .select({ id: audienceFile.id })
      .from(audienceFile)
      .where(eq(audienceFile.id, fileId));
    onlyRow(known, 'not_found');
    const cancelled = await tx
      .update(audienceFile)
      .set({ status: 'cancelling' })
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'importing')))
      .returning({ id: audienceFile.id });
    if (cancelled.length === 0) throw new Refused('file.not_cancellable');
    await appendEvent(tx, ctx, { kind: 'audience_file.cancelling', payload: { fileId } });
    await appendAudit(tx, ctx, { action: 'audience_file.cancelling', entityId: fileId });
  });
