import { and, eq } from 'drizzle-orm';
import type { ExportStatus } from '#core/statuses.ts';
import { onlyRow } from './command.ts';
import type { Tx } from './context.ts';
import { peopleExport } from './schema/files.ts';

/** Refuses with `conflict` when the export is no longer what it was taken for. */
export const moveExport = async (
  tx: Tx,
  exportId: string,
  from: ExportStatus,
  set: Partial<typeof peopleExport.$inferInsert>,
): Promise<void> => {
  const moved = await tx
    .update(peopleExport)
    .set(set)
    .where(and(eq(peopleExport.id, exportId), eq(peopleExport.status, from)))
    .returning({ id: peopleExport.id });
  onlyRow(moved, 'conflict');
};
