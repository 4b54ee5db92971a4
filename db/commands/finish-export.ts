import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { moveExport } from '../export-state.ts';
import { appendEvent } from '../outbox.ts';

/** The file of an export is written; its bytes are stored before. Refuses with `conflict` when somebody else was first. */
export const finishExport = (
  ctx: CommandContext,
  input: { exportId: string; rows: number; sizeBytes: number },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { exportId, rows, sizeBytes } = input;
    await moveExport(tx, exportId, 'preparing', { status: 'ready', rows, sizeBytes });
    await appendEvent(tx, ctx, { kind: 'export.ready', payload: { exportId } });
    await appendAudit(tx, ctx, { action: 'export.written', entityId: exportId, after: { rows, sizeBytes } });
  });
