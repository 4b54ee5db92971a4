import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { keepFileInHand } from '../file-work.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile } from '../schema/files.ts';

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
    await appendAudit(tx, ctx, { action: 'audience_file.progressed', entityId: fileId, after: { rows } });
    await appendEvent(tx, ctx, { kind: 'audience_file.progressed', payload: { fileId, rows } });
  });
