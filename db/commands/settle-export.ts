import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { moveExport } from '../export-state.ts';

/** What became of a file that the bot was to bring. */
export const settleExport = (
  ctx: CommandContext,
  input: { exportId: string; status: 'delivered' | 'too_large' },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { exportId, status } = input;
    await moveExport(tx, exportId, 'ready', { status });
    await appendAudit(tx, ctx, { action: `export.${status}`, entityId: exportId });
  });
