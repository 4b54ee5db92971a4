import { and, eq } from 'drizzle-orm';
import type { ExportStatus } from '#core/statuses.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { peopleExport } from '../schema/files.ts';

/** The file of an export is written; its bytes are stored before. Refuses with `conflict` when somebody else was first. */
export const finishExport = (
  ctx: CommandContext,
  input: { exportId: string; rows: number; sizeBytes: number },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { exportId, rows, sizeBytes } = input;
    await move(tx, { exportId, from: 'preparing', set: { status: 'ready', rows, sizeBytes } });
    await appendEvent(tx, ctx, { kind: 'export.ready', payload: { exportId } });
    await appendAudit(tx, ctx, { action: 'export.written', entityId: exportId, after: { rows, sizeBytes } });
  });

/** What became of a file that the bot was to bring. */
export const settleExport = (
  ctx: CommandContext,
  input: { exportId: string; status: 'delivered' | 'too_large' },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { exportId, status } = input;
    await move(tx, { exportId, from: 'ready', set: { status } });
    await appendAudit(tx, ctx, { action: `export.${status}`, entityId: exportId });
  });

const move = async (
  tx: Parameters<Parameters<typeof runCommand>[2]>[0],
  {
    exportId,
    from,
    set,
  }: { exportId: string; from: ExportStatus; set: Partial<typeof peopleExport.$inferInsert> },
): Promise<void> => {
  const moved = await tx
    .update(peopleExport)
    .set(set)
    .where(and(eq(peopleExport.id, exportId), eq(peopleExport.status, from)))
    .returning({ id: peopleExport.id });
  onlyRow(moved, 'conflict');
};
